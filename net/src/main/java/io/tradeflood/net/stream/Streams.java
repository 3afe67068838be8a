package io.tradeflood.net.stream;

import io.tradeflood.net.StreamSettings;
import io.tradeflood.net.StreamWire;
import io.tradeflood.proxy.RequestType;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what the subscriptions of one TradeFlood share: channels, connections, budgets. */
final class Streams implements StreamTransport, AutoCloseable {
  private final StreamWire wire;
  private final StreamSettings settings;
  private final Map<GroupKey, Group> groups = new ConcurrentHashMap<>();
  private final Map<BudgetKey, ConnectBudget> budgets = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> numbers = new ConcurrentHashMap<>();

  /** Channels that can share a connection. */
  private record GroupKey(
      String hostName, String tenant, String address, String group, List<String> ways) {}

  /** What the exchange counts by. */
  private record BudgetKey(String hostName, String way) {}

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
    var context = connector.context();
    String name = connector.group(channel);
    var ways = wire.ways(type);
    var key =
        new GroupKey(
            context.hostName(),
            context.tenant(),
            context.host().map(Object::toString).orElse(connector.url()),
            name,
            ways.stream().map(StreamWire.Way::key).toList());
    return groups.computeIfAbsent(key, _ -> new Group(this, connector, name, ways, wire.loop()));
  }

  ConnectBudget budget(StreamConnector connector, StreamWire.Way way) {
    return budgets.computeIfAbsent(
        new BudgetKey(connector.context().hostName(), way.key()),
        _ -> new ConnectBudget(connector.streamLimits().connections()));
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
