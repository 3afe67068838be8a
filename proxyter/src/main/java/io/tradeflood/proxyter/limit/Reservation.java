package io.tradeflood.proxyter.limit;

import java.util.List;
import java.util.Optional;

/**
 * What one tunnel holds of several limits. Taken all at once or not at all; the parts that are held
 * are given back when it is closed, the used-up ones only when the tunnel came to nothing.
 */
public final class Reservation {
  private final List<Take> takes;
  private boolean ended;

  private Reservation(List<Take> takes) {
    this.takes = takes;
  }

  /**
   * So much from a limit.
   *
   * @param limit the limit
   * @param amount how much
   */
  public record Take(Limit limit, long amount) {}

  /**
   * All of it, or nothing.
   *
   * @param takes is the reservation's from then on
   */
  public static Optional<Reservation> take(List<Take> takes, long now) {
    for (int i = 0; i < takes.size(); i++) {
      Take take = takes.get(i);
      if (take.limit().take(take.amount(), now)) continue;
      take.limit().missed();
      for (int j = i - 1; j >= 0; j--) takes.get(j).limit().giveBack(takes.get(j).amount(), now);
      return Optional.empty();
    }
    return Optional.of(new Reservation(takes));
  }

  /** When all could be taken, by what is known now. */
  public static long roomAt(List<Take> takes, long now) {
    long latest = now;
    for (Take take : takes) latest = Math.max(latest, take.limit().roomAt(take.amount(), now));
    return latest;
  }

  /** Gives back what is held; what was used up stays used. Once is enough, more does no harm. */
  public void close(long now) {
    end(now, false);
  }

  /** Gives back everything: nothing was asked of the target. */
  public void undo(long now) {
    end(now, true);
  }

  private void end(long now, boolean everything) {
    synchronized (this) {
      if (ended) return;
      ended = true;
    }
    for (Take take : takes)
      if (everything || take.limit().isHeld()) take.limit().giveBack(take.amount(), now);
  }
}
