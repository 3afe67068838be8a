package io.tradeflood.cli;

import io.tradeflood.binding.CatalogBinding;
import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.index.BindingEntry;
import io.tradeflood.index.Index;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which exchange has which model and how, in Markdown: what {@code docs/capabilities.md} holds. */
final class CapabilityMatrix {
  private CapabilityMatrix() {}

  static String of(Index index) {
    var text = new StringBuilder();
    text.append(
        """
        # What can be had where

        One line for each connector, one column for each model. **history** can be asked for any range
        that the exchange keeps, **now** is the present value only, **live** is told as it happens, **list**
        is all that the exchange lists; the word behind it is the connector's mode, or **poll** where the
        present value is asked for again and again. An empty cell means that there is no binding.

        This page is written by `./tradeflood list bindings --matrix` from the index; a test compares it.

        """);
    var models = index.models();
    text.append("| connector | ").append(String.join(" | ", models)).append(" |\n");
    text.append("|---".repeat(models.size() + 1)).append("|\n");
    for (var connector : index.connectors()) {
      text.append("| `").append(connector.hostName()).append("` ");
      for (String model : models)
        text.append("| ")
            .append(
                cell(
                    index.bindings().stream()
                        .filter(b -> b.exchange().equals(connector.exchange()))
                        .filter(b -> b.connector().equals(connector.name()))
                        .filter(b -> b.model().equals(model))
                        .toList()))
            .append(' ');
      text.append("|\n");
    }
    return text.toString();
  }

  private static String cell(List<BindingEntry> bindings) {
    return String.join(
        ", ",
        bindings.stream()
            .flatMap(
                b -> {
                  String mode = b.mode().name().toLowerCase(Locale.ROOT);
                  String own = "%s (%s)".formatted(b.isLive() ? "live" : kind(b.type()), mode);
                  return b.isPolled() ? Stream.of(own, "live (poll)") : Stream.of(own);
                })
            .distinct()
            .sorted()
            .toList());
  }

  private static String kind(Class<?> binding) {
    if (SnapshotBinding.class.isAssignableFrom(binding)) return "now";
    return CatalogBinding.class.isAssignableFrom(binding) ? "list" : "history";
  }
}
