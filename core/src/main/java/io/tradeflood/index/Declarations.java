package io.tradeflood.index;

import io.tradeflood.binding.Binding;
import io.tradeflood.binding.BookBinding;
import io.tradeflood.binding.CatalogBinding;
import io.tradeflood.binding.CursorBinding;
import io.tradeflood.binding.HistoryBinding;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.binding.PolledBinding;
import io.tradeflood.binding.SequenceBinding;
import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.connector.Connector;
import io.tradeflood.connector.Exchange;
import io.tradeflood.connector.Mode;
import io.tradeflood.model.ModelName;
import io.tradeflood.turn.Turns;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What types declare of themselves. */
final class Declarations {
  private static final Set<Class<?>> KINDS =
      Set.of(
          Binding.class,
          HistoryBinding.class,
          SequenceBinding.class,
          CursorBinding.class,
          SnapshotBinding.class,
          PolledBinding.class,
          CatalogBinding.class,
          LiveBinding.class,
          BookBinding.class);

  private Declarations() {}

  /** Whether it is a form for bindings rather than a binding: its types are still open. */
  static boolean isOpen(Class<?> binding) {
    return KINDS.contains(binding) || binding.getTypeParameters().length > 0;
  }

  /** The exchanges that the type names, or, if it names none, those that it extends name. */
  static Set<String> exchanges(Class<?> type) {
    var named = type.getAnnotation(Exchange.class);
    if (named != null) return Set.of(named.value());
    var found = new TreeSet<String>();
    for (Class<?> parent : type.getInterfaces()) found.addAll(exchanges(parent));
    return found;
  }

  /** The word for a model. */
  static String modelName(Class<?> model) {
    var named = model.getAnnotation(ModelName.class);
    if (named != null) return named.value();
    String name = model.getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /** What is left of the type's name without the exchange's, in small words: {@code spot-rest}. */
  static String connectorName(Class<?> type, String exchange) {
    String name = type.getSimpleName();
    String prefix = exchange.replace("-", "");
    if (name.length() > prefix.length() && name.regionMatches(true, 0, prefix, 0, prefix.length()))
      name = name.substring(prefix.length());
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-")
        .replaceAll("^-+|_", "")
        .toLowerCase(Locale.ROOT);
  }

  /** What keeps a connector from being used. */
  static List<String> problemsOfConnector(Class<?> type, boolean checked) {
    var problems = new ArrayList<String>();
    Set<String> exchanges = exchanges(type);
    if (exchanges.isEmpty())
      problems.add(
          "A connector must say which exchange it talks to, but %s does not: write @Exchange(\"...\") on it"
              .formatted(type.getSimpleName()));
    else if (exchanges.size() > 1)
      problems.add(
          "A connector talks to one exchange, but %s extends connectors of %s: write @Exchange on it"
              .formatted(type.getSimpleName(), String.join(" and ", exchanges)));
    else if (!exchanges.iterator().next().matches("[a-z0-9]+(-[a-z0-9]+)*"))
      problems.add(
          "An exchange's id is small letters, digits and hyphens, but that of %s is \"%s\""
              .formatted(type.getSimpleName(), exchanges.iterator().next()));
    if (!checked) problems.addAll(problemsOfMethods(type));
    return problems;
  }

  /** What keeps the library from implementing an interface. */
  static List<String> problemsOfMethods(Class<?> type) {
    return Turns.problems(type).stream()
        .map(problem -> problem.replaceAll("\\n\\s*", "\n  "))
        .toList();
  }

  /** The connector, the query and the model of a binding; empty if it leaves one open. */
  static Optional<List<Class<?>>> typesOf(Class<?> binding) {
    return GenericTypes.arguments(binding, Binding.class);
  }

  static List<String> problemsOfBinding(Class<?> type, boolean checked) {
    var problems = new ArrayList<String>();
    Optional<List<Class<?>>> types = typesOf(type);
    if (types.isEmpty())
      problems.add(
          "A binding must say its connector, query and model, but %s leaves them open: write them like HistoryBinding<AcmeRest, CandleQuery, Candle>"
              .formatted(type.getSimpleName()));
    else {
      if (!types.get().get(2).isRecord())
        problems.add(
            "A model must be a record, but %s, which %s gives, is none"
                .formatted(types.get().get(2).getSimpleName(), type.getSimpleName()));
      if (!types.get().get(1).isRecord())
        problems.add(
            "A query must be a record, but %s, which %s answers, is none"
                .formatted(types.get().get(1).getSimpleName(), type.getSimpleName()));
    }
    if (!checked) problems.addAll(problemsOfMethods(type));
    return problems;
  }

  static Mode mode(Class<? extends Connector> type) {
    return glance(type).mode();
  }

  static String address(Class<? extends Connector> type) {
    return glance(type).address();
  }

  /** The connector, good only for what it says of itself without a context. */
  private static <C extends Connector> C glance(Class<C> type) {
    InvocationHandler handler =
        (self, method, arguments) -> {
          if (!method.isDefault())
            throw new IllegalStateException(
                "%s.%s is not said by the connector itself"
                    .formatted(type.getSimpleName(), method.getName()));
          var declared = method.getDeclaringClass();
          return MethodHandles.privateLookupIn(declared, MethodHandles.lookup())
              .unreflectSpecial(method, declared)
              .bindTo(self)
              .invokeWithArguments(arguments == null ? new Object[0] : arguments);
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
