package io.tradeflood.live;

import org.jspecify.annotations.Nullable;

/** The stream of a book, as far as it is there. Guarded by the book's lock. */
final class BookSource {
  private final DeferringLock lock;
  private @Nullable BookStream stream;
  private Feed.@Nullable Attachment attachment;

  /** Whether it was left, perhaps before it was there. */
  private boolean left;

  BookSource(DeferringLock lock) {
    this.lock = lock;
  }

  /** Listens to a stream, which may tell at once; called without the lock. */
  void open(BookStream source, BookSink sink) {
    lock.lock();
    try {
      stream = source;
    } finally {
      lock.unlock();
    }
    var attached = source.attach(sink);
    lock.lock();
    try {
      attachment = attached;
      if (left) leave();
    } finally {
      lock.unlock();
    }
  }

  void renew(String reason) {
    var source = stream;
    if (source != null) lock.afterwards(() -> source.renew(reason));
  }

  void leave() {
    left = true;
    var attached = attachment;
    attachment = null;
    if (attached != null) lock.afterwards(attached::close);
  }

  /** There is room again; called without the lock. */
  void relieved() {
    Feed.Attachment attached;
    lock.lock();
    try {
      attached = attachment;
    } finally {
      lock.unlock();
    }
    if (attached != null) attached.relieved();
  }
}
