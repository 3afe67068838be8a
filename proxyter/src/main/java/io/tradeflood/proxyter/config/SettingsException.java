package io.tradeflood.proxyter.config;

import java.util.List;

/** A configuration that cannot be used: all that is wrong with it, a line each. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final List<String> problems;

  public SettingsException(List<String> problems) {
    super(
        problems.size() == 1
            ? problems.getFirst()
            : "The configuration has %d problems.\n  %s"
                .formatted(problems.size(), String.join("\n  ", problems)));
    this.problems = List.copyOf(problems);
  }

  /** Each names the place, what was found there and what was expected. */
  public List<String> problems() {
    return problems;
  }
}
