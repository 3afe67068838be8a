package io.tradeflood.index;

import java.util.List;

/**
 * What is wrong with the connectors and bindings that were found: all problems at once, each with
 * the names, the jars and the way out. The message is the text to show.
 */
public final class IndexProblems extends IllegalStateException {
  private static final long serialVersionUID = 1;
  private final transient List<String> problems;

  /** Each problem may have several lines. */
  public IndexProblems(List<String> problems) {
    super(text(problems));
    this.problems = List.copyOf(problems);
  }

  /** The problems, in the order of the message; each may have several lines. */
  public List<String> problems() {
    return problems;
  }

  private static String text(List<String> problems) {
    var text =
        new StringBuilder(
            problems.size() == 1
                ? "The index has 1 problem."
                : "The index has %d problems.".formatted(problems.size()));
    int number = 0;
    for (String problem : problems)
      text.append("\n  %d. %s".formatted(++number, problem.replace("\n", "\n     ")));
    return text.toString();
  }
}
