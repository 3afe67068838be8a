package io.tradeflood.model;

/**
 * A row that covers an {@link Interval} from its {@link #time() start} on, and may still be open.
 * Bars of one symbol and interval lie on the interval's grid.
 *
 * @param <B> the bar's own type
 */
public interface Bar<B extends Bar<B>> extends Row {
  /** The length of this bar. */
  Interval interval();

  /** Whether the bar is final: its end has passed on the exchange's clock. */
  boolean closed();

  /** This bar with another state; everything else is kept. */
  B closed(boolean closed);
}
