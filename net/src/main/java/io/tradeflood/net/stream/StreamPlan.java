package io.tradeflood.net.stream;

import io.tradeflood.net.StreamWire;
import io.tradeflood.net.stream.Streams.BudgetKey;
import io.tradeflood.net.stream.Streams.GroupKey;
import io.tradeflood.proxy.Rotation;
import io.tradeflood.turn.Explanation.Connections;
import io.tradeflood.turn.Explanation.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What would be opened and sent for channels, if nothing were open: by the rules by which {@link
 * Group} spreads them, {@link ConnectBudget} opens connections, and {@link Asking} asks.
 */
final class StreamPlan {
  private final StreamWire wire;
  private final Map<GroupKey, Wanted> groups = new LinkedHashMap<>();

  /** How many connections are opened by each way. */
  private final Map<BudgetKey, Integer> opened = new HashMap<>();

  private record Wanted(
      StreamConnector connector, List<? extends StreamWire.Way> ways, Set<String> channels) {}

  StreamPlan(StreamWire wire) {
    this.wire = wire;
  }

  void add(WantedChannel wanted) {
    var ways = wire.ways(wanted.type());
    groups
        .computeIfAbsent(
            GroupKey.of(wanted.connector(), wanted.channel(), ways),
            _ -> new Wanted(wanted.connector(), ways, new LinkedHashSet<>()))
        .channels()
        .add(wanted.channel());
  }

  List<Connections> connections() {
    return groups.entrySet().stream()
        .map(each -> new OfGroup(each.getKey(), each.getValue()).connections())
        .toList();
  }

  /** The connections of one group. */
  private final class OfGroup {
    private final GroupKey key;
    private final Wanted wanted;
    private final StreamLimits limits;
    private int connections;
    private int largest;
    private int heldByOne;
    private long messages;
    private int mostMessages;
    private Duration opening = Duration.ZERO;
    private Duration sending = Duration.ZERO;
    private Duration subscribing = Duration.ZERO;
    private Duration expected = Duration.ZERO;

    OfGroup(GroupKey key, Wanted wanted) {
      this.key = key;
      this.wanted = wanted;
      limits = wanted.connector.streamLimits();
    }

    Connections connections() {
      var channels = List.copyOf(wanted.channels);
      for (int from = 0; from < channels.size(); from += limits.room())
        open(channels.subList(from, Math.min(channels.size(), from + limits.room())));
      return new Connections(
          key.hostName() + (key.group().isEmpty() ? "" : " " + key.group()),
          wanted.ways.getFirst().planned(),
          channels.size(),
          connections,
          messages,
          shares(),
          problem(),
          expected);
    }

    private void open(List<String> channels) {
      connections++;
      largest = Math.max(largest, channels.size());
      var way = way();
      int before = opened.merge(way, 1, Integer::sum) - 1;
      heldByOne = Math.max(heldByOne, before + 1);
      Duration opens = passed(before, limits.connections().opened());
      opening = longer(opening, opens);
      int letters = letters(channels);
      messages += letters;
      mostMessages = Math.max(mostMessages, letters);
      if (letters == 0) {
        expected = longer(expected, opens);
        return;
      }
      var rate = limits.messages();
      Duration paced = rate.window().multipliedBy(letters - 1).dividedBy(rate.most());
      Duration counted =
          limits.subscriptions().map(many -> passed(letters - 1, many)).orElse(Duration.ZERO);
      sending = longer(sending, paced);
      subscribing = longer(subscribing, counted);
      expected = longer(expected, opens.plus(longer(paced, counted)));
    }

    /** As {@link Group#way} chooses. */
    private BudgetKey way() {
      var keys = wanted.ways.stream().map(way -> BudgetKey.of(wanted.connector, way)).toList();
      boolean spread = wanted.ways.getFirst().rotation().mode() == Rotation.Mode.SPREAD;
      return spread
          ? keys.stream()
              .min(Comparator.comparingInt(way -> opened.getOrDefault(way, 0)))
              .orElseThrow()
          : keys.getFirst();
    }

    /** How many windows pass until the one after so many others may be. */
    private static Duration passed(int others, StreamLimits.Rate rate) {
      return rate.window().multipliedBy(others / rate.most());
    }

    private static Duration longer(Duration a, Duration b) {
      return a.compareTo(b) > 0 ? a : b;
    }

    /** How many messages subscribe to them. */
    private int letters(List<String> channels) {
      var connector = wanted.connector;
      if (Upstream.isFixed(connector, channels.getFirst())) return 0;
      var names = channels.stream().sorted().toList();
      int count = 0;
      while (!names.isEmpty()) {
        long id = ++count;
        var letter = Letter.of(names, limits.channels(), some -> connector.subscribe(some, id));
        names = names.subList(letter.channels(), names.size());
      }
      return count;
    }

    private List<Share> shares() {
      var shares = new ArrayList<Share>();
      var rate = limits.connections().opened();
      shares.add(lasting("subscriptions on one", largest, limits.room()));
      shares.add(of("connections", connections, rate, opening));
      shares.add(lasting("connections at once", heldByOne, limits.connections().atOnce()));
      if (messages == 0) return shares;
      shares.add(of("messages on one", mostMessages, limits.messages(), sending));
      limits
          .subscriptions()
          .ifPresent(many -> shares.add(of("subscribing on one", mostMessages, many, subscribing)));
      return shares;
    }

    private static Share of(String what, long amount, StreamLimits.Rate rate, Duration expected) {
      return new Share(what, amount, rate.most(), Optional.of(rate.window()), expected);
    }

    private static Share lasting(String what, long amount, long capacity) {
      return new Share(what, amount, capacity, Optional.empty(), Duration.ZERO);
    }

    private Optional<String> problem() {
      int most = limits.connections().atOnce();
      return heldByOne <= most
          ? Optional.empty()
          : Optional.of(
              "%s allows %d connections by one address: ask for fewer"
                  .formatted(key.hostName(), most));
    }
  }
}
