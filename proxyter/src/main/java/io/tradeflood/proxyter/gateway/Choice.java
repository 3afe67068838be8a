package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.limit.Reservation;
import io.tradeflood.proxyter.wire.Target;
import java.util.OptionalInt;

/** What came of looking for a proxy. */
sealed interface Choice {

  /** A proxy, with what was reserved of its limits. */
  record Grant(Ask ask, Member member, Pool pool, Reservation held, Reservation setups)
      implements Choice {

    String proxy() {
      return member.upstream().id();
    }

    Target target() {
      return ask.target();
    }
  }

  /**
   * Some could serve, but none has room.
   *
   * @param at when one could have, {@link Long#MAX_VALUE} if that is not known
   */
  record Full(long at) implements Choice {}

  /**
   * None can serve.
   *
   * @param why in one line
   * @param at when one could, {@link Long#MAX_VALUE} if that is not known
   * @param received the target's status, if all that is wrong is that it has shut them out
   */
  record None(String why, long at, OptionalInt received) implements Choice {}
}
