package io.tradeflood;

import io.tradeflood.turn.Failure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Reads a few pieces ahead, on a thread of its own. */
final class Prefetch<M> implements Batches<M> {
  private static final int AHEAD = 4;

  private final Batches<M> source;
  private final BlockingQueue<Optional<Batch<M>>> queue = new ArrayBlockingQueue<>(AHEAD);
  private final Thread thread;
  private boolean ended;

  Prefetch(Batches<M> source) {
    this.source = source;
    this.thread = Thread.ofVirtual().name("tradeflood-prefetch").start(this::read);
  }

  private void read() {
    try {
      while (true) {
        var batch = nextOrFailure();
        queue.put(batch);
        if (batch.isEmpty()) return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody wants the rest; the thread ends here
    }
  }

  private Optional<Batch<M>> nextOrFailure() throws InterruptedException {
    try {
      return source.next();
    } catch (RuntimeException | Error e) { // the top of this thread: the reader is told
      queue.put(
          Optional.of(
              Batch.failed(
                  e instanceof Failure failure
                      ? failure
                      : new Failure.Bug("Reading ahead failed: " + e, e),
                  List.of())));
      return Optional.empty();
    }
  }

  @Override
  public Optional<Batch<M>> next() throws InterruptedException {
    if (ended) return Optional.empty();
    var batch = queue.take();
    ended = batch.isEmpty();
    return batch;
  }

  @Override
  public void cancel() {
    ended = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive())
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    source.cancel();
    if (interrupted) Thread.currentThread().interrupt();
  }
}
