package io.tradeflood;

import java.util.Optional;

/** The pieces of an answer, one after another. To be read by one thread. */
interface Batches<M> {
  /** The next piece, waiting for it; empty at the end. */
  Optional<Batch<M>> next() throws InterruptedException;

  /** Nobody wants the rest. */
  void cancel();
}
