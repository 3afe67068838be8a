package io.tradeflood.net;

import io.tradeflood.turn.Failure;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connector from asking by a way on which the exchange has banned it, or does not serve it.
 */
final class Shutter {
  private final AtomicLong until = new AtomicLong();
  private volatile @Nullable Refusal refusal;
  private volatile String source = "";

  private record Refusal(Failure.Refused failure, long until) {}

  /** Nothing more until then, by the timeline; whether it was shut for less, or open. */
  boolean shut(long nanos) {
    return until.getAndAccumulate(nanos, Math::max) < nanos;
  }

  /** Who else than the exchange says so, as a part of a sentence; empty if it is the exchange. */
  void saidBy(String other) {
    source = other;
  }

  /** See {@link #saidBy}. */
  String source() {
    return source;
  }

  /** How long it is still shut, in nanoseconds; 0 if it is open. */
  long shutFor(long now) {
    return Math.max(0, until.get() - now);
  }

  /** Until then, by the timeline, every request is answered with this. */
  void refuse(Failure.Refused failure, long nanos) {
    refusal = new Refusal(failure, nanos);
  }

  /** What every request is answered with now; empty if requests may be sent. */
  Optional<Failure.Refused> refusal(long now) {
    var said = refusal;
    return said != null && now < said.until() ? Optional.of(said.failure()) : Optional.empty();
  }
}
