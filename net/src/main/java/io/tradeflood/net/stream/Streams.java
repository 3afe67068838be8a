package io.tradeflood.net.stream;

import io.tradeflood.net.StreamSettings;
import io.tradeflood.net.StreamWire;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.turn.Explanation;
import io.tradeflood.turn.Subscription;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what the subscriptions of one TradeFlood share: channels, connections, budgets. */
final class Streams implements StreamTransport, Subscription.Carrier, AutoCloseable {
  private final StreamWire wire;
  private final StreamSettings settings;
  private final Map<GroupKey, Group> groups = new ConcurrentHashMap<>();
  private final Map<BudgetKey, ConnectBudget> budgets = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> numbers = new ConcurrentHashMap<>();

  /** Channels that can share a connection. */
  record GroupKey(String hostName, String tenant, String address, String group, List<String> ways) {
    static GroupKey of(
        StreamConnector connector, String channel, List<? extends StreamWire.Way> ways) {
      var context = connector.context();
      return new GroupKey(
          context.hostName(),
          context.tenant(),
          context.host().map(Object::toString).orElse(connector.url()),
          connector.group(channel),
          ways.stream().map(StreamWire.Way::key).toList());
    }
  }

  /** What the exchange counts by. */
  record BudgetKey(String hostName, String way) {
    static BudgetKey of(StreamConnector connector, StreamWire.Way way) {
      return new BudgetKey(connector.context().hostName(), way.key());
    }
  }

  Streams(StreamWire wire, StreamSettings settings) {
    this.wire = wire;
    this.settings = settings;
    wire.whenOver(() -> groups.values().forEach(Group::close));
  }

  @Override
  public StreamChannel channel(StreamConnector connector, String name) {
    return new PlannedChannel(this, connector, name, Optional.empty());
  }

  /** The group that a channel belongs to. */
  Group group(StreamConnector connector, RequestType type, String channel) {
    var ways = wire.ways(type);
    var key = GroupKey.of(connector, channel, ways);
    return groups.computeIfAbsent(
        key, _ -> new Group(this, connector, key.group(), ways, wire.loop()));
  }

  ConnectBudget budget(StreamConnector connector, StreamWire.Way way) {
    return budgets.computeIfAbsent(
        BudgetKey.of(connector, way),
        _ -> new ConnectBudget(connector.streamLimits().connections()));
  }

  @Override
  public List<Explanation.Connections> explain(List<Subscription> all) {
    var plan = new StreamPlan(wire);
    for (Subscription one : all) if (one instanceof WantedChannel channel) plan.add(channel);
    return plan.connections();
  }

  /** A number for a new connection of the connector. */
  int number(String hostName) {
    return numbers.computeIfAbsent(hostName, _ -> new AtomicInteger()).incrementAndGet();
  }

  StreamWire wire() {
    return wire;
  }

  StreamSettings settings() {
    return settings;
  }

  /** A time between half of this one and the whole. */
  long jittered(Duration time) {
    return (long) (time.toNanos() * (0.5 + wire.random() / 2));
  }

  @Override
  public List<ConnectionState> connections() {
    return groups.values().stream()
        .flatMap(group -> group.connections().stream())
        .sorted(Comparator.comparing(ConnectionState::name))
        .toList();
  }

  @Override
  public void close() {
    groups.values().forEach(Group::close);
    wire.close();
  }
}
