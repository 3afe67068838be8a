package io.tradeflood;

import io.tradeflood.binding.Binding;
import io.tradeflood.connector.Connector;
import io.tradeflood.connector.ConnectorContext;
import io.tradeflood.index.BindingEntry;
import io.tradeflood.index.ConnectorEntry;
import io.tradeflood.index.Index;
import io.tradeflood.turn.Turns;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The connectors and bindings of the index, implemented; one of each for each tenant. */
final class Connectors {
  private final Index index;
  private final Map<String, URI> hosts;
  private final Map<String, Map<String, String>> settings;
  private final ConnectorContext.Services services;
  private final Map<Owner, Connector> connectors = new ConcurrentHashMap<>();
  private final Map<List<Object>, Object> bindings = new ConcurrentHashMap<>();

  /**
   * @param hosts addresses that users set, by host name
   * @param settings what users set, by host name or exchange
   */
  Connectors(
      Index index,
      Map<String, URI> hosts,
      Map<String, Map<String, String>> settings,
      ConnectorContext.Services services) {
    this.index = index;
    this.hosts = Map.copyOf(hosts);
    this.settings = Map.copyOf(settings);
    this.services = services;
  }

  /** Whose a call is: it is part of the call's key. */
  record Owner(String hostName, String tenant) {
    @Override
    public String toString() {
      return tenant.isEmpty() ? hostName : hostName + "@" + tenant;
    }
  }

  /** A binding with its connector, ready to plan. */
  record Bound<C extends Connector, B extends Binding<?, ?, ?>>(
      BindingEntry entry, String hostName, C connector, B binding) {}

  Bound<Connector, Binding<?, ?, ?>> bound(BindingEntry entry, String tenant) {
    ConnectorEntry used = entry(entry);
    Connector connector = connector(used, tenant);
    Object binding =
        bindings.computeIfAbsent(
            List.of(entry.type(), tenant),
            _ ->
                Turns.implement(
                    entry.type(),
                    new Owner(entry.type().getSimpleName(), tenant),
                    (method, arguments) -> supply(method, arguments, tenant)));
    return new Bound<>(entry, used.hostName(), connector, (Binding<?, ?, ?>) binding);
  }

  private ConnectorEntry entry(BindingEntry binding) {
    return index.connectors().stream()
        .filter(
            c -> c.exchange().equals(binding.exchange()) && c.name().equals(binding.connector()))
        .findFirst()
        .orElseThrow();
  }

  private Connector connector(ConnectorEntry entry, String tenant) {
    return connectors.computeIfAbsent(
        new Owner(entry.hostName(), tenant),
        owner -> {
          var context =
              new ConnectorContext(
                  entry.exchange(),
                  entry.name(),
                  tenant,
                  Optional.ofNullable(hosts.get(entry.hostName())),
                  name -> setting(entry, name),
                  services);
          return Turns.implement(
              entry.type(),
              owner,
              (method, _) -> {
                if (method.getReturnType() == ConnectorContext.class) return context;
                throw without(method);
              });
        });
  }

  private Optional<String> setting(ConnectorEntry entry, String name) {
    return Optional.ofNullable(settings.getOrDefault(entry.hostName(), Map.of()).get(name))
        .or(() -> Optional.ofNullable(settings.getOrDefault(entry.exchange(), Map.of()).get(name)));
  }

  /** What a binding does not say itself: another connector. */
  private Object supply(Method method, List<Object> arguments, String tenant) {
    if (!method.getName().equals("connector") || arguments.size() != 1) throw without(method);
    var type = (Class<?>) arguments.getFirst();
    var able = index.connectors().stream().filter(c -> type.isAssignableFrom(c.type())).toList();
    if (able.size() == 1) return connector(able.getFirst(), tenant);
    throw new IllegalStateException(
        able.isEmpty()
            ? "No connector %s was found: put its jar beside the others"
                .formatted(type.getSimpleName())
            : "Connector %s could be %s: ask for one of them"
                .formatted(
                    type.getSimpleName(),
                    able.stream()
                        .map(c -> c.type().getSimpleName())
                        .collect(Collectors.joining(" or "))));
  }

  private static IllegalStateException without(Method method) {
    return new IllegalStateException(
        "%s.%s has no body: write one"
            .formatted(method.getDeclaringClass().getSimpleName(), method.getName()));
  }
}
