package io.tradeflood.cli;

import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.model.CatalogQuery;
import io.tradeflood.model.Instrument;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.SymbolQuery;
import io.tradeflood.turn.Failure;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells whether an exchange refused a question because it has no such instrument: a symbol is
 * turned into the exchange's name by rule, so only the exchange's own list can say it.
 */
final class SymbolCheck {
  private static final int SUGGESTIONS = 3;

  private final TradeFlood flood;
  private final Map<String, List<Symbol>> lists = new HashMap<>();

  SymbolCheck(TradeFlood flood) {
    this.flood = flood;
  }

  /** The error to show if the exchange has no such instrument; empty if it has, or cannot say. */
  Optional<String> unknown(Request<?> request, Failure failure) {
    if (!(failure instanceof Failure.Refused) || !(request.query() instanceof SymbolQuery query))
      return Optional.empty();
    var all = lists.computeIfAbsent(request.exchange(), this::list);
    if (all.isEmpty() || all.contains(query.symbol())) return Optional.empty();
    String wanted = query.symbol().toString();
    String near =
        String.join(
            " ",
            all.stream()
                .map(Symbol::toString)
                .sorted(
                    Comparator.comparingInt((String s) -> distance(wanted, s))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SUGGESTIONS)
                .toList());
    return Optional.of(
        "%s has no symbol %s: expected one such as %s; \"tradeflood list symbols %s\" shows all"
            .formatted(request.exchange(), wanted, near, request.exchange()));
  }

  private List<Symbol> list(String exchange) {
    return flood.pull(Request.of(exchange, Instrument.class, new CatalogQuery())).rows().stream()
        .map(Instrument::symbol)
        .toList();
  }

  /** How many letters must be added, removed or changed to make one text of the other. */
  private static int distance(String one, String other) {
    int[] before = new int[other.length() + 1];
    for (int j = 0; j < before.length; j++) before[j] = j;
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j < row.length; j++)
        row[j] =
            Math.min(
                Math.min(row[j - 1], before[j]) + 1,
                before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1));
      before = row;
    }
    return before[other.length()];
  }
}
