package io.tradeflood.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs commands in this process and keeps what they write. */
final class Shell {
  private Shell() {}

  /** How a command ended and what it wrote. */
  record Result(int code, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }

    List<String> errors() {
      return err.lines().toList();
    }
  }

  static Result run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code = run(out, err, arguments);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static int run(OutputStream out, OutputStream err, String... arguments) {
    return Main.run(
        List.of(arguments),
        new Terminal(out, new PrintStream(err, true, StandardCharsets.UTF_8), false, false));
  }
}
