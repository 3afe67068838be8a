package io.tradeflood.cli;

import io.tradeflood.Coverage;
import io.tradeflood.PlanRun;
import io.tradeflood.Request;
import io.tradeflood.Rows;
import io.tradeflood.TradeFlood;
import io.tradeflood.cli.output.RowOutput;
import io.tradeflood.turn.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Writes the rows of a run as they come in, and tells what is missing. */
final class Pull {
  /** How many rows are handed on at once. */
  private static final int BATCH = 500;

  private final TradeFlood flood;
  private final Terminal terminal;
  private final SymbolCheck symbols;

  Pull(TradeFlood flood, Terminal terminal) {
    this.flood = flood;
    this.terminal = terminal;
    this.symbols = new SymbolCheck(flood);
  }

  /** Writes everything, request by request in their order. */
  Exit write(PlanRun run, RowOutput output) throws IOException {
    var exits = EnumSet.noneOf(Exit.class);
    for (Request<?> request : run.plan().requests())
      try (Rows<?> rows = run.rows(request)) {
        exits.add(write(rows, output));
      }
    return together(exits);
  }

  private static Exit together(Set<Exit> exits) {
    if (exits.isEmpty()) return Exit.WHOLE;
    if (exits.size() == 1) return exits.iterator().next();
    return exits.contains(Exit.WHOLE) || exits.contains(Exit.PARTIAL) ? Exit.PARTIAL : Exit.FAILED;
  }

  private Exit write(Rows<?> rows, RowOutput output) throws IOException {
    var question = Question.of(rows.request(), flood.index());
    boolean any = false;
    var batch = new ArrayList<Object>(BATCH);
    while (rows.hasNext()) {
      batch.add(rows.next());
      if (batch.size() < BATCH && rows.hasNext()) continue;
      if (!any) output.begin(question.heading());
      any = true;
      output.rows(batch);
      batch.clear();
    }
    var missing = rows.coverage().stream().filter(Coverage::isMissing).toList();
    if (!any && rows.failure().isEmpty() && missing.isEmpty()) output.begin(question.heading());
    if (rows.failure().isPresent()) return failed(rows, rows.failure().get(), question, any);
    if (missing.isEmpty()) return Exit.WHOLE;
    tell(rows.coverage(), question);
    return any ? Exit.PARTIAL : Exit.FAILED;
  }

  private Exit failed(Rows<?> rows, Failure failure, Question question, boolean any) {
    if (any) {
      terminal.error(question + ": " + Terminal.words(failure));
      tell(rows.coverage(), question);
      return Exit.PARTIAL;
    }
    var unknown = symbols.unknown(rows.request(), failure);
    terminal.error(unknown.orElse(question + ": " + Terminal.words(failure)));
    return unknown.isPresent() || failure instanceof Failure.Unsupported ? Exit.USAGE : Exit.FAILED;
  }

  private void tell(List<Coverage> coverage, Question question) {
    for (Coverage piece : coverage)
      terminal.say(
          "%s: %s %s%s"
              .formatted(
                  question,
                  piece.range(),
                  piece.state(),
                  piece.reason().isEmpty() ? "" : ": " + Terminal.oneLine(piece.reason())));
  }
}
