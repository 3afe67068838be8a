package io.tradeflood.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An analysis as text. */
final class AnalysisText {
  private AnalysisText() {}

  static String of(Analysis analysis) {
    var text = new StringBuilder();
    text.append("ran: ")
        .append(Words.count(analysis.progress().known(), "call"))
        .append(" in ")
        .append(Words.length(analysis.duration()));
    if (analysis.progress().failed() > 0)
      text.append(", ").append(Words.number(analysis.progress().failed())).append(" failed");
    if (analysis.repeated() > 0)
      text.append(", ").append(Words.number(analysis.repeated())).append(" made again");
    long moved = analysis.calls().stream().filter(call -> !call.moves().isEmpty()).count();
    if (moved > 0) text.append(", ").append(Words.number(moved)).append(" moved to another way");
    text.append('\n');
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("reached", "waited", "took", "end", "call"));
    for (var call : analysis.calls()) {
      rows.add(
          List.of(
              Words.length(call.reached()),
              Words.length(call.waited()),
              Words.length(call.took()),
              call.end().name().toLowerCase(Locale.ROOT),
              call.text()
                  + " for "
                  + call.asker()
                  + (call.joined() ? ", joined another run" : "")
                  + call.failure().map(reason -> ": " + reason).orElse("")));
      for (var move : call.moves()) rows.add(List.of("", "", "", "", moved(move)));
    }
    if (rows.size() > 1) table(rows, text);
    return text.toString();
  }

  private static String moved(Move move) {
    return "moved from %s to %s: %s".formatted(move.from(), move.to(), move.reason());
  }

  private static void table(List<List<String>> rows, StringBuilder text) {
    for (var row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        text.append("  ").append(row.get(i));
        if (i < row.size() - 1) text.append(" ".repeat(width - row.get(i).length()));
      }
      text.append('\n');
    }
  }
}
