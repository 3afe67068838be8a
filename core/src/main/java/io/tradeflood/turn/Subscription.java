package io.tradeflood.turn;

import java.util.List;

/**
 * What an act subscribes to. Subscriptions share connections, so what is opened for those of a plan
 * is told of all of them together.
 */
public interface Subscription {
  /** Who carries it; those with the same carrier are told together. */
  Carrier carrier();

  /** Carries subscriptions. */
  @FunctionalInterface
  interface Carrier {
    /**
     * What would be opened and sent for all of these, if nothing were open yet. Pure, as {@link
     * Act#describe}.
     *
     * @param all of this carrier, in the order of dispatch; some may be equal
     */
    List<Explanation.Connections> explain(List<Subscription> all);
  }
}
