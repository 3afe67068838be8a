package io.tradeflood.cli;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * For an option whose style may be left out: it takes only what stands behind an equals sign, and
 * leaves the next word, which may be an exchange, alone.
 */
final class OnlyAttached implements IParameterPreprocessor {
  @Override
  @SuppressWarnings("JdkObsolete") // the library's own signature
  public boolean preprocess(
      Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> found) {
    if (" ".equals(found.get("separator"))) words.push("text");
    return false;
  }
}
