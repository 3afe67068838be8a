package io.tradeflood;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Several sequences of pieces, one after the other; the next ones are already read ahead. */
final class Chain<M> implements Batches<M> {
  private final ArrayDeque<Supplier<Batches<M>>> waiting;
  private final ArrayDeque<Batches<M>> begun = new ArrayDeque<>();
  private final int atOnce;

  Chain(List<Supplier<Batches<M>>> parts, int atOnce) {
    this.waiting = new ArrayDeque<>(parts);
    this.atOnce = atOnce;
  }

  @Override
  public Optional<Batch<M>> next() throws InterruptedException {
    while (true) {
      while (begun.size() < atOnce && !waiting.isEmpty()) {
        Batches<M> part = waiting.poll().get();
        begun.add(atOnce == 1 ? part : new Prefetch<>(part));
      }
      if (begun.isEmpty()) return Optional.empty();
      var batch = begun.peek().next();
      if (batch.isPresent()) return batch;
      begun.poll();
    }
  }

  @Override
  public void cancel() {
    waiting.clear();
    begun.forEach(Batches::cancel);
  }
}
