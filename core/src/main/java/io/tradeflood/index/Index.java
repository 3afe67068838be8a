package io.tradeflood.index;

import java.util.List;

/**
 * What is supported, known before anything is tried: a value, built once at start.
 *
 * @param connectors by exchange and name
 * @param bindings by exchange, model and connector
 */
public record Index(List<ConnectorEntry> connectors, List<BindingEntry> bindings) {
  public Index {
    connectors = List.copyOf(connectors);
    bindings = List.copyOf(bindings);
  }

  /** The ids of all exchanges, in alphabetical order. */
  public List<String> exchanges() {
    return connectors.stream().map(ConnectorEntry::exchange).distinct().sorted().toList();
  }

  /** The words for all models, in alphabetical order. */
  public List<String> models() {
    return bindings.stream().map(BindingEntry::model).distinct().sorted().toList();
  }

  /** The words for the models of one exchange, in alphabetical order. */
  public List<String> models(String exchange) {
    return bindings.stream()
        .filter(b -> b.exchange().equals(exchange))
        .map(BindingEntry::model)
        .distinct()
        .sorted()
        .toList();
  }
}
