package io.tradeflood.history;

import io.tradeflood.model.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.function.UnaryOperator;

/**
 * What an endpoint declares of its pages. Made by {@link #grid}, then refined: {@code
 * Pages.grid(interval).sizes(1000).ends(true, true)}. Immutable.
 */
public final class Pages {
  private final Interval interval;
  private final List<Integer> sizes;
  private final Price price;
  private final Ends ends;
  private final Reach reach;
  private final Optional<Recent> recent;

  private Pages(
      Interval interval,
      List<Integer> sizes,
      Price price,
      Ends ends,
      Reach reach,
      Optional<Recent> recent) {
    this.interval = interval;
    this.sizes = sizes;
    this.price = price;
    this.ends = ends;
    this.reach = reach;
    this.recent = recent;
  }

  /**
   * How an endpoint reads its two bounds.
   *
   * @param startIncluded whether a row at the lower bound is in the answer
   * @param endIncluded whether a row at the upper bound is in the answer
   */
  public record Ends(boolean startIncluded, boolean endIncluded) {}

  /**
   * What pages cost.
   *
   * @param of what a page of so many rows takes from the limit
   * @param capacity what the limit gives in one window
   * @param window the length of the window
   */
  public record Price(IntToLongFunction of, long capacity, Duration window) {}

  /**
   * How far pages reach.
   *
   * @param since nothing that starts before can be had
   * @param retention nothing older than so long can be had
   * @param span no page may cover more time than this
   * @param closedOnly whether bars that are still open are missing from the answers
   */
  public record Reach(
      Optional<Instant> since,
      Optional<Duration> retention,
      Optional<Duration> span,
      boolean closedOnly) {}

  /**
   * A recent part that is had in another way.
   *
   * @param length how far back from now it reaches
   * @param pages what holds for it
   */
  public record Recent(Duration length, Pages pages) {}

  /**
   * Pages of at most 500 rows, start included and end excluded, all of the past, costing next to
   * nothing; the rows lie on the interval's grid, at most one on each of its points.
   */
  public static Pages grid(Interval interval) {
    return new Pages(
        interval,
        List.of(500),
        new Price(_ -> 1, 1_000, Duration.ofSeconds(1)),
        new Ends(true, false),
        new Reach(Optional.empty(), Optional.empty(), Optional.empty(), false),
        Optional.empty());
  }

  /**
   * The page sizes worth asking for; the largest is the endpoint's maximum.
   *
   * @throws IllegalArgumentException if there is none, or one is below 1
   */
  public Pages sizes(Integer... sizes) {
    var ascending = List.of(sizes).stream().sorted().distinct().toList();
    if (ascending.isEmpty() || ascending.getFirst() < 1)
      throw new IllegalArgumentException(
          "Pages need at least one size of at least 1 row, were " + ascending);
    return new Pages(interval, ascending, price, ends, reach, recent);
  }

  /** What a page of so many rows takes from a limit that gives so much in a window. */
  public Pages cost(IntToLongFunction of, long capacity, Duration window) {
    return new Pages(interval, sizes, new Price(of, capacity, window), ends, reach, recent);
  }

  /** How the endpoint reads its bounds. */
  public Pages ends(boolean startIncluded, boolean endIncluded) {
    return new Pages(interval, sizes, price, new Ends(startIncluded, endIncluded), reach, recent);
  }

  /** Nothing that starts before the moment can be had. */
  public Pages since(Instant moment) {
    return reach(
        new Reach(Optional.of(moment), reach.retention(), reach.span(), reach.closedOnly()));
  }

  /** Nothing older than so long can be had. */
  public Pages retention(Duration length) {
    return reach(new Reach(reach.since(), Optional.of(length), reach.span(), reach.closedOnly()));
  }

  /** No page may cover more time than this, whatever its size. */
  public Pages span(Duration longest) {
    return reach(
        new Reach(reach.since(), reach.retention(), Optional.of(longest), reach.closedOnly()));
  }

  /** Bars that are still open are missing from the answers. */
  public Pages closedOnly() {
    return reach(new Reach(reach.since(), reach.retention(), reach.span(), true));
  }

  /**
   * What lies no further back than so long is had in another way, with other pages: {@link
   * Page#recent} tells which. The engine prefers whichever costs less where both would do.
   *
   * <p>The recent part begins with what was declared so far; what is declared after this, such as
   * {@link #closedOnly}, holds for the old part alone.
   */
  public Pages recent(Duration length, UnaryOperator<Pages> change) {
    var plain = new Pages(interval, sizes, price, ends, reach, Optional.empty());
    return new Pages(
        interval, sizes, price, ends, reach, Optional.of(new Recent(length, change.apply(plain))));
  }

  private Pages reach(Reach reach) {
    return new Pages(interval, sizes, price, ends, reach, recent);
  }

  /** The grid on which rows lie. */
  public Interval interval() {
    return interval;
  }

  /** The sizes worth asking for, ascending. */
  public List<Integer> sizes() {
    return sizes;
  }

  /** The most rows that one page gives. */
  public int maximum() {
    return sizes.getLast();
  }

  public Price price() {
    return price;
  }

  public Ends ends() {
    return ends;
  }

  public Reach reach() {
    return reach;
  }

  /** The recent part that is had in another way, if there is one. */
  public Optional<Recent> recent() {
    return recent;
  }
}
