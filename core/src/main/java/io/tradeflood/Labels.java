package io.tradeflood;

import io.tradeflood.model.Symbol;
import io.tradeflood.model.Window;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.StringJoiner;

/** Requests as text: {@code binance BTC/USDT candle 1m from 2025-01-01T00:00:00Z}. */
final class Labels {
  private Labels() {}

  static String of(Request<?> request, String model) {
    var words = new StringJoiner(" ");
    var after = new StringJoiner(" ");
    words.add(request.exchange());
    var record = new QueryRecord<>(request.query().getClass());
    for (var component : record.components()) {
      Object value = record.read(component, request.query());
      switch (value) {
        case Symbol symbol -> words.add(symbol.toString());
        case Window window -> window(window, after);
        case Optional<?> optional ->
            optional.ifPresent(v -> after.add(component.getName() + " " + v));
        case OptionalInt optional ->
            optional.ifPresent(v -> after.add(component.getName() + " " + v));
        case OptionalLong optional ->
            optional.ifPresent(v -> after.add(component.getName() + " " + v));
        case Collection<?> list when list.isEmpty() -> {}
        case Collection<?> list ->
            words.add(String.join(",", list.stream().map(String::valueOf).toList()));
        default -> after.add(value.toString());
      }
    }
    words.add(model);
    if (after.length() > 0) words.add(after.toString());
    if (!request.tenant().isEmpty()) words.add("as " + request.tenant());
    return words.toString();
  }

  private static void window(Window window, StringJoiner words) {
    if (window.isTail()) words.add("latest " + window.limit().orElse(Window.DEFAULT_LIMIT));
    window.from().ifPresent(from -> words.add("from " + from));
    window.to().ifPresent(to -> words.add((window.isTail() ? "before " : "to ") + to));
    if (!window.isTail() && window.limit().isPresent())
      words.add("at most " + window.limit().getAsInt());
  }
}
