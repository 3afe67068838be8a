package io.tradeflood.binding;

import io.tradeflood.connector.Connector;
import io.tradeflood.live.Feed;
import io.tradeflood.model.Query;
import io.tradeflood.turn.Turn;
import java.util.OptionalLong;

/**
 * A model as it happens: trades, tickers, candles that form. Books have a form of their own, see
 * {@link BookBinding}.
 */
public non-sealed interface LiveBinding<C extends Connector, Q extends Query, M>
    extends Binding<C, Q, M> {

  /**
   * How to get it: a subscription, its rows translated by pure functions ({@link Feed#map}, {@link
   * Feed#flatMap}).
   */
  Turn<Feed<M>> plan(C connector, Q query);

  /** What a row means for those before it. */
  default Continuity continuity() {
    return Continuity.REPLACING;
  }

  /**
   * The row's number, where the exchange numbers the rows of an instrument without holes: then a
   * missing one is seen at once. Either all rows have one, or none.
   */
  default OptionalLong numberOf(M row) {
    return OptionalLong.empty();
  }

  /** What a row means for those before it. */
  enum Continuity {
    /**
     * Each row takes the place of the one before it, as tickers do: one that was missed is gone.
     */
    REPLACING,
    /**
     * Every row counts, as trades do: each is told once, in order; what was missed while the
     * connection was down is fetched by the model's history, or told as a gap.
     */
    EVERY,
    /**
     * Bars, whose last state the exchange marks as closed: those that closed unseen are fetched,
     * the open one is replaced.
     */
    BARS,
    /** Bars, whose last state the exchange does not mark: one is closed when a later one comes. */
    UNMARKED_BARS
  }
}
