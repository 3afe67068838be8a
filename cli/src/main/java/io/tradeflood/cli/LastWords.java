package io.tradeflood.cli;

import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.charset.StandardCharsets;

/**
 * What is said when a thread ends in a way that nobody foresaw. Without memory the program ends,
 * since others may wait for that thread for ever.
 */
final class LastWords implements UncaughtExceptionHandler {
  /** Made beforehand: when it is needed there is no memory for it. */
  private final byte[] noMemory =
      "tradeflood: out of memory: expected more of it, set TRADEFLOOD_JAVA_OPTS=-Xmx1g or ask for less\n"
          .getBytes(StandardCharsets.UTF_8);

  private final Terminal terminal;

  LastWords(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable thrown) {
    if (thrown instanceof OutOfMemoryError) {
      terminal.err().write(noMemory, 0, noMemory.length);
      Runtime.getRuntime().halt(Exit.FAILED.code());
    }
    terminal.error(
        "a mistake of ours (%s in thread %s): please report it with the command"
            .formatted(Terminal.words(thrown), thread.getName()));
    Logging.trace(thrown);
  }
}
