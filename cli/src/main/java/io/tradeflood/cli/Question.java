package io.tradeflood.cli;

import io.tradeflood.Request;
import io.tradeflood.cli.output.Heading;
import io.tradeflood.index.BindingEntry;
import io.tradeflood.index.Index;
import io.tradeflood.model.Interval;
import io.tradeflood.model.Query;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.SymbolQuery;
import io.tradeflood.model.Window;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A request in words.
 *
 * @param exchange the exchange's id
 * @param symbol the instrument; empty for what an exchange lists as a whole
 * @param model the model's word
 * @param rest what else was asked, such as {@code 1m}; may be empty
 * @param record the rows' type
 */
record Question(
    String exchange, Optional<String> symbol, String model, String rest, Class<?> record) {

  static Question of(Request<?> request, Index index) {
    return new Question(
        request.exchange(),
        request.query() instanceof SymbolQuery q
            ? Optional.of(q.symbol().toString())
            : Optional.empty(),
        word(request, index),
        rest(request.query()),
        request.model());
  }

  private static String word(Request<?> request, Index index) {
    return index.bindings().stream()
        .filter(b -> b.modelType() == request.model())
        .map(BindingEntry::model)
        .findFirst()
        .orElse(request.model().getSimpleName());
  }

  /** The components of a query that are neither its symbol nor its window, where they are set. */
  private static String rest(Query query) {
    if (!(query instanceof Record)) return "";
    var words = new ArrayList<String>();
    for (RecordComponent component : query.getClass().getRecordComponents())
      present(value(component, query))
          .filter(value -> !(value instanceof Symbol) && !(value instanceof Window))
          .map(
              value ->
                  value instanceof Interval ? value.toString() : component.getName() + " " + value)
          .forEach(words::add);
    return String.join(" ", words);
  }

  private static Stream<?> present(Object value) {
    return switch (value) {
      case Optional<?> some -> some.stream();
      case OptionalInt some -> some.stream().boxed();
      case OptionalLong some -> some.stream().boxed();
      case Collection<?> some when some.isEmpty() -> Stream.of();
      case Collection<?> some ->
          Stream.of(String.join(",", some.stream().map(String::valueOf).toList()));
      default -> Stream.of(value);
    };
  }

  private static Object value(RecordComponent component, Query query) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(query);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot read " + component, e);
    }
  }

  Heading heading() {
    return Heading.of(exchange, symbol, model, record, rest);
  }

  @Override
  public String toString() {
    return String.join(
        " ",
        List.of(exchange, symbol.orElse(""), model, rest).stream()
            .filter(w -> !w.isEmpty())
            .toList());
  }
}
