package io.tradeflood.cli;

import io.tradeflood.connector.Mode;
import io.tradeflood.index.BindingEntry;
import io.tradeflood.index.Index;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The index as lines that can be written in any format. */
final class Listing {
  private Listing() {}

  /** A connector, as {@code list exchanges} shows it. */
  record ExchangeLine(
      String exchange,
      String host,
      Mode mode,
      String address,
      Optional<String> replaces,
      String jar) {}

  /** A model, as {@code list models} shows it. */
  record ModelLine(String model, String exchanges, String components, String query, String type) {}

  /** A binding, as {@code list bindings} shows it. */
  record BindingLine(
      String exchange,
      String model,
      Mode mode,
      String host,
      String type,
      Optional<String> replaces,
      String jar) {}

  static List<ExchangeLine> exchanges(Index index) {
    return index.connectors().stream()
        .map(
            c ->
                new ExchangeLine(
                    c.exchange(),
                    c.hostName(),
                    c.mode(),
                    c.address(),
                    names(c.replaces()),
                    c.jar()))
        .toList();
  }

  static List<ModelLine> models(Index index) {
    return index.models().stream()
        .map(
            model -> {
              var bindings =
                  index.bindings().stream().filter(b -> b.model().equals(model)).toList();
              var any = bindings.getFirst();
              return new ModelLine(
                  model,
                  words(bindings.stream().map(BindingEntry::exchange)),
                  components(any.modelType()),
                  words(bindings.stream().map(b -> b.queryType().getSimpleName())),
                  any.modelType().getName());
            })
        .toList();
  }

  static List<BindingLine> bindings(Index index) {
    return index.bindings().stream()
        .map(
            b ->
                new BindingLine(
                    b.exchange(),
                    b.model(),
                    b.mode(),
                    b.exchange() + "." + b.connector(),
                    b.type().getSimpleName(),
                    names(b.replaces()),
                    b.jar()))
        .toList();
  }

  private static String components(Class<?> record) {
    return String.join(
        " ", Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList());
  }

  private static Optional<String> names(List<Class<?>> types) {
    return types.isEmpty()
        ? Optional.empty()
        : Optional.of(words(types.stream().map(Class::getSimpleName)));
  }

  private static String words(Stream<String> words) {
    return String.join(" ", words.distinct().toList());
  }
}
