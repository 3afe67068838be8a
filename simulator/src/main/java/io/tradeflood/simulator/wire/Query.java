package io.tradeflood.simulator.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The parameters of a request in their order, decoded. */
public record Query(List<Parameter> parameters) {
  /** No parameter at all. */
  public static final Query NONE = new Query(List.of());

  public Query {
    parameters = List.copyOf(parameters);
  }

  /** One name with its value. */
  public record Parameter(String name, String value) {}

  /** Reads what follows the question mark; what cannot be decoded is taken as it is. */
  public static Query parse(String raw) {
    if (raw.isEmpty()) {
      return NONE;
    }
    List<Parameter> parameters = new ArrayList<>();
    for (String pair : raw.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        parameters.add(
            equals < 0
                ? new Parameter(decode(pair), "")
                : new Parameter(
                    decode(pair.substring(0, equals)), decode(pair.substring(equals + 1))));
      }
    }
    return new Query(parameters);
  }

  /** The first value under the name, if there is one that is not empty. */
  public Optional<String> get(String name) {
    for (Parameter parameter : parameters) {
      if (parameter.name.equals(name)) {
        return Optional.of(parameter.value).filter(value -> !value.isEmpty());
      }
    }
    return Optional.empty();
  }

  public boolean has(String name) {
    return parameters.stream().anyMatch(parameter -> parameter.name.equals(name));
  }

  /** Every name once. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    parameters.forEach(parameter -> names.add(parameter.name));
    return names;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
