package io.tradeflood.cli;

import io.tradeflood.connector.Mode;
import io.tradeflood.index.BindingEntry;
import io.tradeflood.index.Index;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** The index as lines that can be written in any format. */
final class Listing {
  private Listing() {}

  /** A connector, as {@code list exchanges} shows it. */
  record ExchangeLine(
      String exchange, String host, Mode mode, String address, String jar, String replaces) {}

  /** A model, as {@code list models} shows it. */
  record ModelLine(String model, String exchanges, String components, String query, String type) {}

  /** A binding, as {@code list bindings} shows it. */
  record BindingLine(
      String exchange,
      String model,
      Mode mode,
      String host,
      String type,
      String jar,
      String replaces) {}

  static List<ExchangeLine> exchanges(Index index) {
    return index.connectors().stream()
        .map(
            c ->
                new ExchangeLine(
                    c.exchange(),
                    c.hostName(),
                    c.mode(),
                    c.address(),
                    c.jar(),
                    names(c.replaces())))
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
                  String.join(
                      " ", bindings.stream().map(BindingEntry::exchange).distinct().toList()),
                  components(any.modelType()),
                  any.queryType().getSimpleName(),
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
                    b.jar(),
                    names(b.replaces())))
        .toList();
  }

  private static String components(Class<?> record) {
    return String.join(
        " ", Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList());
  }

  private static String names(List<Class<?>> types) {
    return String.join(" ", types.stream().map(Class::getSimpleName).toList());
  }
}
