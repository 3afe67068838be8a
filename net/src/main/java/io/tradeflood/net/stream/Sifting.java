package io.tradeflood.net.stream;

import io.tradeflood.turn.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the channel for which an address that names several is refused: the one that the exchange
 * names, else it is looked for by halves. Belongs to its group's loop.
 */
final class Sifting {
  /** What an exchange answers that does not know what it is asked for. */
  private static final Set<Integer> UNKNOWN = Set.of(400, 422);

  private final Group group;

  /** Wanted as soon as the others are settled. */
  private final List<SharedChannel> aside = new ArrayList<>();

  Sifting(Group group) {
    this.group = group;
  }

  /**
   * Refuses, or puts aside, some of the channels that the exchange has never taken.
   *
   * @return whether the address names fewer now, so that it can be tried again
   */
  boolean sift(List<Seat> unknown, Failure why) {
    if (!(why instanceof Failure.Refused refused)
        || !UNKNOWN.contains(refused.status())
        || unknown.isEmpty()) return false;
    var named = unknown.stream().filter(seat -> names(why, seat.name())).toList();
    if (unknown.size() == 1) group.refuse(unknown.getFirst().channel, why);
    else if (!named.isEmpty() && named.size() < unknown.size())
      for (Seat seat : named) group.refuse(seat.channel, why);
    else
      for (Seat seat : unknown.subList((unknown.size() + 1) / 2, unknown.size())) {
        aside.add(seat.channel);
        seat.channel.unseat();
      }
    return true;
  }

  private static boolean names(Failure why, String channel) {
    return Pattern.compile("(?<!\\w)" + Pattern.quote(channel) + "(?!\\w)")
        .matcher(String.valueOf(why.getMessage()))
        .find();
  }

  /** The others are settled. */
  void placeAside() {
    var channels = List.copyOf(aside);
    aside.clear();
    group.placeAgain(channels);
  }
}
