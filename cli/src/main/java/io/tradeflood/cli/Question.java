package io.tradeflood.cli;

import io.tradeflood.Request;
import io.tradeflood.cli.output.Heading;
import io.tradeflood.index.BindingEntry;
import io.tradeflood.index.Index;
import io.tradeflood.model.Query;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.SymbolQuery;
import io.tradeflood.model.Window;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /** The components of a query that are neither its symbol nor its window. */
  private static String rest(Query query) {
    var words = new ArrayList<String>();
    if (query instanceof Record)
      for (RecordComponent component : query.getClass().getRecordComponents())
        value(component, query)
            .filter(value -> !(value instanceof Symbol) && !(value instanceof Window))
            .map(String::valueOf)
            .filter(text -> !text.startsWith("Optional"))
            .ifPresent(words::add);
    return String.join(" ", words);
  }

  private static Optional<Object> value(RecordComponent component, Query query) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return Optional.ofNullable(accessor.invoke(query));
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
