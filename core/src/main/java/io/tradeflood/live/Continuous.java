package io.tradeflood.live;

import io.tradeflood.model.Bar;
import io.tradeflood.model.Row;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.Function;

/** Makes of what a stream tells a feed that is continuous, or says where it is not. */
public final class Continuous {
  private Continuous() {}

  /**
   * Rows that replace one another.
   *
   * @param out the feed that is told
   * @return what the stream tells
   */
  public static <M> FeedSink<M> replacing(FeedSource<M> out) {
    return new NewestRow<>(out);
  }

  /**
   * Rows that all count, told once and in order; what is missing is fetched.
   *
   * @param out the feed that is told
   * @param numberOf the rows' numbers, without holes; if the first row has none, {@link Row#id ids}
   *     tell rows apart
   */
  public static <M> FeedSink<M> every(
      FeedSource<M> out,
      Function<? super M, OptionalLong> numberOf,
      Refill<M> refill,
      Later later,
      InstantSource clock) {
    return new CatchingSink<>(out, new DistinctLine<>(), numberOf, refill, later, clock);
  }

  /**
   * Bars; those that closed unseen are fetched.
   *
   * @param out the feed that is told
   * @param marked whether the exchange marks a bar's last state
   */
  public static <M extends Bar<M>> FeedSink<M> bars(
      FeedSource<M> out, boolean marked, Refill<M> refill, Later later, InstantSource clock) {
    return new CatchingSink<>(
        out, new BarLine<>(marked), _ -> OptionalLong.empty(), refill, later, clock);
  }
}
