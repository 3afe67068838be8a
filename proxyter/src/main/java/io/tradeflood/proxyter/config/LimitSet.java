package io.tradeflood.proxyter.config;

import io.tradeflood.proxyter.limit.Limit.Spec;
import java.util.List;
import java.util.OptionalLong;

/**
 * The limits of one scope: a client, a type, a group, a proxy, a proxy in a group, a proxy at a
 * target.
 *
 * @param tunnels so many open at once
 * @param setups so many being opened at once
 * @param paced rates and windows; a tunnel takes its cost {@code w} from each
 * @param bytesPerSecond measured always, held to this where it is given
 */
public record LimitSet(
    OptionalLong tunnels, OptionalLong setups, List<Spec> paced, OptionalLong bytesPerSecond) {

  /** No limits. */
  public static final LimitSet NONE =
      new LimitSet(OptionalLong.empty(), OptionalLong.empty(), List.of(), OptionalLong.empty());

  public LimitSet {
    paced = List.copyOf(paced);
  }
}
