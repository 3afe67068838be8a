package io.tradeflood.turn;

import java.util.ArrayList;
import java.util.List;

/** An explanation as text: stable, aligned, long runs of similar calls folded. */
final class ExplanationText {
  private static final int FOLDED = 4;
  private static final String INDENT = "  ";

  private final Explanation explanation;
  private final StringBuilder text = new StringBuilder();

  ExplanationText(Explanation explanation) {
    this.explanation = explanation;
  }

  @Override
  public String toString() {
    int calls = explanation.calls().size();
    line(
        "plan: "
            + Words.count(calls, "call")
            + (explanation.naiveCalls() > calls
                ? " instead of " + Words.number(explanation.naiveCalls())
                : "")
            + ", about "
            + Words.length(explanation.expected()));
    askers();
    calls();
    limits();
    connections();
    if (!explanation.notes().isEmpty()) line("notes");
    for (var note : explanation.notes()) line(INDENT + note);
    return text.toString();
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }

  private void askers() {
    if (explanation.askers().isEmpty()) return;
    line("asked by");
    int width = explanation.askers().stream().mapToInt(a -> a.label().length()).max().orElse(0);
    for (var asker : explanation.askers()) {
      line(
          INDENT
              + padded(asker.label(), width)
              + INDENT
              + Words.count(asker.calls(), "call")
              + (asker.goesOn() ? ", goes on" : ""));
      for (var note : asker.notes()) line(INDENT + " ".repeat(width) + INDENT + note);
    }
  }

  private void calls() {
    if (explanation.calls().isEmpty()) return;
    line("calls");
    var runs = runs();
    int width = runs.stream().mapToInt(run -> numbers(run).length()).max().orElse(0);
    for (var run : runs) call(run, width);
  }

  private void call(List<Explanation.Planned> run, int width) {
    var first = run.getFirst();
    var last = run.getLast();
    var margin = INDENT + " ".repeat(width) + INDENT;
    line(INDENT + padded(numbers(run), width) + INDENT + first.text());
    if (run.size() > 1) line(margin + "... " + last.text());
    for (int i = 0; i < first.acts().size(); i++) {
      var act = first.acts().get(i);
      line(margin + act.what());
      if (run.size() > 1) line(margin + "... " + last.acts().get(i).what());
      line(margin + act.requestType() + ", " + act.route() + costs(act, run.size()));
    }
    if (first.goesOn()) line(margin + "goes on with what it needs");
    first.problem().ifPresent(problem -> line(margin + "will fail: " + problem));
    if (!first.needs().isEmpty()) line(margin + "after " + needs(first));
    line(margin + "for " + String.join(", ", first.askers()));
  }

  private static String costs(Description act, int times) {
    var costs = new StringBuilder();
    for (var cost : act.costs()) {
      costs.append(", ").append(Words.number(cost.amount()));
      if (times > 1) costs.append(" each");
      costs.append(" of ").append(cost.limit());
    }
    return costs.toString();
  }

  private static String needs(Explanation.Planned call) {
    var needs = call.needs();
    if (needs.size() <= FOLDED)
      return String.join(", ", needs.stream().map(need -> "#" + need).toList());
    return "#%d ... #%d (%s)"
        .formatted(needs.getFirst(), needs.getLast(), Words.count(needs.size(), "call"));
  }

  private static String numbers(List<Explanation.Planned> run) {
    var first = "#" + run.getFirst().number();
    return run.size() == 1
        ? first
        : "%s to #%d, %s".formatted(first, run.getLast().number(), Words.count(run.size(), "call"));
  }

  private List<List<Explanation.Planned>> runs() {
    var runs = new ArrayList<List<Explanation.Planned>>();
    int from = 0;
    var calls = explanation.calls();
    for (int i = 1; i <= calls.size(); i++) {
      if (i < calls.size() && isLike(calls.get(from), calls.get(i))) continue;
      if (i - from >= FOLDED) runs.add(calls.subList(from, i));
      else for (int j = from; j < i; j++) runs.add(calls.subList(j, j + 1));
      from = i;
    }
    return runs;
  }

  private static boolean isLike(Explanation.Planned a, Explanation.Planned b) {
    if (!endpoint(a).equals(endpoint(b))
        || a.acts().size() != b.acts().size()
        || a.goesOn() != b.goesOn()
        || !a.problem().equals(b.problem())
        || !a.askers().equals(b.askers())
        || !a.needs().equals(b.needs())) return false;
    for (int i = 0; i < a.acts().size(); i++) {
      var one = a.acts().get(i);
      var other = b.acts().get(i);
      if (!one.requestType().equals(other.requestType())
          || !one.route().equals(other.route())
          || !one.costs().equals(other.costs())) return false;
    }
    return true;
  }

  private static String endpoint(Explanation.Planned call) {
    int end = call.text().indexOf('(');
    return end < 0 ? call.text() : call.text().substring(0, end);
  }

  private void limits() {
    if (explanation.limits().isEmpty()) return;
    line("limits");
    int width = explanation.limits().stream().mapToInt(l -> l.limit().length()).max().orElse(0);
    for (var limit : explanation.limits())
      line(
          INDENT
              + padded(limit.limit(), width)
              + INDENT
              + Words.number(limit.amount())
              + (limit.naive() > limit.amount() ? " instead of " + Words.number(limit.naive()) : "")
              + ", of "
              + Words.number(limit.capacity())
              + " in "
              + Words.length(limit.window())
              + ", about "
              + Words.length(limit.expected()));
  }

  private void connections() {
    if (explanation.connections().isEmpty()) return;
    line("connections");
    for (var all : explanation.connections()) {
      line(
          INDENT
              + "%s, %s: %s by %s, %s, about %s"
                  .formatted(
                      all.connector(),
                      all.route(),
                      Words.count(all.subscriptions(), "subscription"),
                      Words.count(all.connections(), "connection"),
                      Words.count(all.messages(), "message"),
                      Words.length(all.expected())));
      int width = all.shares().stream().mapToInt(s -> s.what().length()).max().orElse(0);
      for (var share : all.shares())
        line(
            INDENT
                + INDENT
                + padded(share.what(), width)
                + INDENT
                + Words.number(share.amount())
                + ", of "
                + Words.number(share.capacity())
                + share
                    .window()
                    .map(
                        window ->
                            " in %s, about %s"
                                .formatted(Words.length(window), Words.length(share.expected())))
                    .orElse(""));
      all.problem().ifPresent(problem -> line(INDENT + INDENT + "cannot all be had: " + problem));
    }
  }

  private static String padded(String word, int width) {
    return word + " ".repeat(Math.max(0, width - word.length()));
  }
}
