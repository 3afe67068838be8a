package io.tradeflood.live;

import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.locks.Condition;

/** Waits for events and for the end of them, whatever keeps those that are unread. */
abstract sealed class WaitingReader<M> implements FeedReader<M>
    permits QueuedReader, LatestBookReader {
  /** Guards all that follows, and what is unread. */
  final DeferringLock lock;

  private final Condition arrived;
  private boolean waiting;
  private boolean ended;
  private boolean closed;
  private Optional<Failure> failure = Optional.empty();

  /** How many rows were dropped. */
  long dropped;

  WaitingReader(DeferringLock lock) {
    this.lock = lock;
    this.arrived = lock.newCondition();
  }

  /** How many events are unread; the lock is held. */
  abstract int unread();

  /** The next event, if there is one. */
  abstract Optional<Event<M>> take();

  /** Forgets what is unread, and leaves the feed when the lock is free; the lock is held. */
  abstract void leave();

  /** Whether it was closed. */
  final boolean isClosed() {
    return closed;
  }

  /** Whether nothing is told any more. */
  final boolean isOver() {
    return ended || closed;
  }

  /** Something is unread; the lock is held. */
  final void wake() {
    if (!waiting) return;
    waiting = false;
    arrived.signal();
  }

  /** Nothing more will come. */
  final void finish(Optional<Failure> why) {
    lock.lock();
    try {
      if (isOver()) return;
      ended = true;
      failure = why;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public final boolean hasNext() {
    lock.lock();
    try {
      while (unread() == 0 && !isOver()) {
        waiting = true;
        arrived.await();
      }
      return unread() > 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting = false;
      lock.unlock();
    }
  }

  @Override
  public final Event<M> next() {
    if (!hasNext()) throw new NoSuchElementException("The feed has ended");
    return take().orElseThrow(() -> new NoSuchElementException("The reader was closed"));
  }

  @Override
  public final Optional<Event<M>> poll(Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    lock.lockInterruptibly();
    try {
      while (unread() == 0 && !isOver() && left > 0) {
        waiting = true;
        left = arrived.awaitNanos(left);
      }
    } finally {
      waiting = false;
      lock.unlock();
    }
    return take();
  }

  @Override
  public final boolean isEnded() {
    lock.lock();
    try {
      return unread() == 0 && isOver();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public final Optional<Failure> failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public final int lag() {
    lock.lock();
    try {
      return unread();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public final long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public final void close() {
    lock.lock();
    try {
      if (closed) return;
      closed = true;
      leave();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
