package io.tradeflood.index;

import io.tradeflood.binding.Binding;
import io.tradeflood.binding.BookBinding;
import io.tradeflood.connector.Connector;
import io.tradeflood.index.IndexBuilder.Found;
import io.tradeflood.model.BookChange;
import io.tradeflood.model.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides who is used where several could be, and notes what cannot be decided. */
final class Resolution {
  private final List<Found> connectors = new ArrayList<>();
  private final List<Found> bindings = new ArrayList<>();
  private final Set<String> winners;
  private final Map<Class<?>, List<Class<?>>> replaced;
  private final List<String> problems;

  Resolution(
      List<Found> found,
      Set<String> winners,
      Map<Class<?>, List<Class<?>>> replaced,
      List<String> problems) {
    this.winners = winners;
    this.replaced = replaced;
    this.problems = problems;
    for (Found one : found) {
      if (one.isConnector()) connectors.add(one);
      else if (!Declarations.isOpen(one.type())) bindings.add(one);
    }
  }

  Index index() {
    Set<Class<?>> named = namedConnectors();
    Map<Class<?>, ConnectorEntry> entries = connectors(named);
    List<BindingEntry> answered = bindings(entries);
    return new Index(
        entries.values().stream()
            .distinct()
            .sorted(
                Comparator.comparing(ConnectorEntry::exchange).thenComparing(ConnectorEntry::name))
            .toList(),
        answered);
  }

  /** The connectors that bindings name, as far as the bindings can be read; tells of those not. */
  private Set<Class<?>> namedConnectors() {
    var named = new LinkedHashSet<Class<?>>();
    for (Found binding : List.copyOf(bindings)) {
      var wrong = Declarations.problemsOfBinding(binding.type(), binding.checked());
      problems.addAll(wrong);
      if (!wrong.isEmpty()) bindings.remove(binding);
      Declarations.typesOf(binding.type()).map(List::getFirst).ifPresent(named::add);
    }
    return named;
  }

  /** For each connector that is named by a binding or stands alone, the one that is used for it. */
  private Map<Class<?>, ConnectorEntry> connectors(Set<Class<?>> named) {
    var usable = new ArrayList<Found>();
    for (Found one : connectors)
      if (!replaced.containsKey(one.type()) && isLeaf(one, named)) usable.add(one);
    var entries = new LinkedHashMap<Class<?>, ConnectorEntry>();
    for (Found leaf : usable) {
      var wrong = Declarations.problemsOfConnector(leaf.type(), leaf.checked());
      problems.addAll(wrong);
      // One that is wrong still takes its place, so that what else is wrong is told with it.
      if (wrong.isEmpty() || Declarations.exchanges(leaf.type()).size() == 1)
        entries.put(leaf.type(), entry(leaf, named));
    }
    for (Class<?> wanted : named) {
      var able = usable.stream().filter(leaf -> wanted.isAssignableFrom(leaf.type())).toList();
      var chosen = able.size() < 2 ? able : winners(able);
      if (chosen.size() > 1)
        problems.add(conflict("Two connectors stand for " + wanted.getSimpleName(), chosen));
      else if (!chosen.isEmpty() && entries.containsKey(chosen.getFirst().type())) {
        for (Found loser : able)
          if (!loser.equals(chosen.getFirst()) && !named.contains(loser.type()))
            entries.remove(loser.type());
        entries.put(wanted, entries.get(chosen.getFirst().type()));
      }
    }
    sameNames(entries);
    return entries;
  }

  /** Whether nobody extends it; a form that others extend and nobody asks for is no connector. */
  private boolean isLeaf(Found one, Set<Class<?>> named) {
    boolean extended =
        connectors.stream()
            .anyMatch(
                other ->
                    other.type() != one.type()
                        && !replaced.containsKey(other.type())
                        && one.type().isAssignableFrom(other.type()));
    if (extended) return false;
    return named.contains(one.type())
        || !Declarations.exchanges(one.type()).isEmpty()
        || hasEndpoints(one.type());
  }

  private static boolean hasEndpoints(Class<?> type) {
    for (var method : type.getDeclaredMethods())
      if (method.isAnnotationPresent(io.tradeflood.turn.TurnExecution.class)) return true;
    return false;
  }

  private ConnectorEntry entry(Found leaf, Set<Class<?>> named) {
    Class<? extends Connector> type = leaf.type().asSubclass(Connector.class);
    String exchange = Declarations.exchanges(type).iterator().next();
    var replaces = new ArrayList<Class<?>>();
    for (Found other : connectors)
      if (other.type() != type
          && other.type().isAssignableFrom(type)
          && named.contains(other.type())) replaces.add(other.type());
    replaced.forEach((old, by) -> collect(old, by, type, replaces));
    replaces.sort((a, b) -> a.isAssignableFrom(b) ? 1 : b.isAssignableFrom(a) ? -1 : 0);
    Class<?> first = replaces.isEmpty() ? type : replaces.getLast();
    return new ConnectorEntry(
        exchange,
        Declarations.connectorName(first, exchange),
        Declarations.mode(type),
        Declarations.address(type),
        type,
        leaf.jar(),
        replaces);
  }

  private static void collect(
      Class<?> old, List<Class<?>> by, Class<?> type, List<Class<?>> replaces) {
    if (by.stream().anyMatch(one -> one.isAssignableFrom(type)) && !replaces.contains(old))
      replaces.add(old);
  }

  private void sameNames(Map<Class<?>, ConnectorEntry> entries) {
    var byName =
        entries.values().stream()
            .distinct()
            .collect(
                Collectors.groupingBy(
                    ConnectorEntry::hostName, LinkedHashMap::new, Collectors.toList()));
    byName.forEach(
        (name, same) -> {
          if (same.size() > 1)
            problems.add(
                conflict(
                    "Two connectors are called " + name,
                    same.stream().map(e -> new Found(e.type(), e.jar(), true)).toList()));
        });
  }

  private List<BindingEntry> bindings(Map<Class<?>, ConnectorEntry> connectors) {
    var byKey = new LinkedHashMap<List<Object>, List<Found>>();
    for (Found binding : bindings) {
      if (replaced.containsKey(binding.type())) continue;
      List<Class<?>> types = Declarations.typesOf(binding.type()).orElseThrow();
      ConnectorEntry connector = connectors.get(types.getFirst());
      if (connector == null) continue; // left out, replaced, or told of already
      byKey
          .computeIfAbsent(
              List.of(
                  connector.hostName(),
                  types.get(1),
                  types.get(2),
                  BookBinding.class.isAssignableFrom(binding.type())), // beside its partial books
              _ -> new ArrayList<>())
          .add(binding);
    }
    var answered = new ArrayList<BindingEntry>();
    for (List<Found> able : byKey.values()) {
      var derived = mostDerived(able);
      var chosen = derived.size() < 2 ? derived : winners(derived);
      List<Class<?>> types = Declarations.typesOf(chosen.getFirst().type()).orElseThrow();
      ConnectorEntry connector = connectors.get(types.getFirst());
      if (connector == null) throw new IllegalStateException("A key without its connector");
      if (chosen.size() > 1) {
        problems.add(
            conflict(
                "Two bindings answer %s with %s for %s by %s"
                    .formatted(
                        types.get(1).getSimpleName(),
                        types.get(2).getSimpleName(),
                        connector.exchange(),
                        connector.mode()),
                chosen));
        continue;
      }
      answered.add(entry(chosen.getFirst(), types, connector, able));
      if (BookBinding.class.isAssignableFrom(chosen.getFirst().type())) {
        // Who keeps a book knows its changes.
        var changes = List.of(types.get(0), types.get(1), BookChange.class);
        answered.add(entry(chosen.getFirst(), changes, connector, able));
      }
    }
    sameModels(answered);
    answered.sort(
        Comparator.comparing(BindingEntry::exchange)
            .thenComparing(BindingEntry::model)
            .thenComparing(BindingEntry::connector)
            .thenComparing(entry -> entry.type().getName()));
    return answered;
  }

  private BindingEntry entry(
      Found chosen, List<Class<?>> types, ConnectorEntry connector, List<Found> able) {
    var replaces = new ArrayList<Class<?>>();
    for (Found other : able) if (other.type() != chosen.type()) replaces.add(other.type());
    replaced.forEach((old, by) -> collect(old, by, chosen.type(), replaces));
    @SuppressWarnings("unchecked") // it was checked to be a binding
    var type = (Class<? extends Binding<?, ?, ?>>) chosen.type();
    return new BindingEntry(
        connector.exchange(),
        connector.mode(),
        connector.name(),
        Declarations.modelName(types.get(2)),
        types.get(2),
        types.get(1).asSubclass(Query.class),
        types.getFirst().asSubclass(Connector.class),
        type,
        chosen.jar(),
        replaces);
  }

  private void sameModels(List<BindingEntry> entries) {
    var byWord =
        entries.stream()
            .collect(
                Collectors.groupingBy(
                    e -> List.of(e.exchange(), e.model()),
                    LinkedHashMap::new,
                    Collectors.mapping(BindingEntry::modelType, Collectors.toSet())));
    byWord.forEach(
        (word, types) -> {
          if (types.size() > 1)
            problems.add(
                "Several models of %s are called %s: %s\nWrite @ModelName with another word on one of them."
                    .formatted(
                        word.getFirst(),
                        word.getLast(),
                        types.stream()
                            .map(Class::getName)
                            .sorted()
                            .collect(Collectors.joining(" and "))));
        });
  }

  private static List<Found> mostDerived(List<Found> able) {
    return able.stream()
        .filter(
            one ->
                able.stream()
                    .noneMatch(
                        other ->
                            other.type() != one.type()
                                && one.type().isAssignableFrom(other.type())))
        .toList();
  }

  /** Those that the application wants; all, if it said nothing of them. */
  private List<Found> winners(List<Found> able) {
    var wanted = able.stream().filter(one -> winners.contains(one.type().getName())).toList();
    return wanted.isEmpty() ? able : wanted;
  }

  private static String conflict(String what, List<Found> able) {
    int width = able.stream().mapToInt(one -> one.type().getName().length()).max().orElse(0);
    var text = new StringBuilder(able.size() == 2 ? what : what.replaceFirst("Two", number(able)));
    text.append(':');
    for (Found one : able)
      text.append("\n  ")
          .append(one.type().getName())
          .append(" ".repeat(width - one.type().getName().length()))
          .append("   (")
          .append(one.jar())
          .append(')');
    return text.append(
            "\nLet one extend the other, or write @Replaces(%s.class) on %s."
                .formatted(
                    able.getFirst().type().getSimpleName(), able.getLast().type().getSimpleName()))
        .toString();
  }

  private static String number(List<Found> able) {
    return able.size() == 3 ? "Three" : String.valueOf(able.size());
  }
}
