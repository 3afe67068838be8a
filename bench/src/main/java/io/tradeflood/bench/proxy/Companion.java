package io.tradeflood.bench.proxy;

import io.tradeflood.bench.Child;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A JVM that stays for the whole benchmark: it is told a line and answers with one. */
final class Companion implements AutoCloseable {
  private static final String BROKEN = "broken ";

  private final Child child;

  private Companion(Child child) {
    this.child = child;
  }

  /** Starts the main method of a class. */
  static Companion start(Class<?> main) throws IOException {
    return new Companion(Child.start(main, List.of()));
  }

  /**
   * Tells it something; its answer, cut into words.
   *
   * @throws IllegalStateException if it ended, or says that something broke
   */
  String[] ask(String line) throws IOException, InterruptedException {
    String answer = child.ask(line);
    if (answer.startsWith(BROKEN))
      throw new IllegalStateException(
          "at '%s': %s".formatted(line, answer.substring(BROKEN.length())));
    return answer.split(" ");
  }

  @Override
  public void close() throws IOException {
    child.close();
  }

  /** What a companion does with what it is told. */
  @FunctionalInterface
  interface Work {
    String answer(String[] words) throws Exception;
  }

  /** The companion's side: answers every line of its standard input until that ends. */
  static void serve(Work work) throws IOException {
    try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String answer;
        try {
          answer = work.answer(line.split(" "));
        } catch (Exception e) {
          answer = BROKEN + String.valueOf(e).replace('\n', ' ');
        }
        System.out.println(answer);
      }
    }
  }
}
