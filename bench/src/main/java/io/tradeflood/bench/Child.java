package io.tradeflood.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process of its own for each side, so that none profits or suffers from another's JIT and heap.
 */
public final class Child {
  /** What every JVM is started with, ours and the peers' alike. */
  private static final List<String> FLAGS =
      List.of("-Xms512m", "-Xmx512m", "--enable-native-access=ALL-UNNAMED");

  private Child() {}

  /** Runs the main method of a class in a new JVM; what it printed. */
  public static List<String> java(Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return run(main.getSimpleName(), command);
  }

  /**
   * Runs a script that lies beside a class, with the peers in sight; what it printed.
   *
   * @param peers the folder with {@code node_modules}
   */
  public static List<String> node(
      Path peers, Class<?> beside, String script, List<String> arguments)
      throws IOException, InterruptedException {
    // A module finds its imports by where it lies, so it is copied to where they are found.
    var copy = Files.createTempFile(peers, "bench-", ".mjs");
    try (InputStream source = beside.getResourceAsStream(script)) {
      if (source == null) throw new IllegalStateException("there is no " + script);
      Files.write(copy, source.readAllBytes());
      var command = new ArrayList<>(List.of("node", copy.toString()));
      command.addAll(arguments);
      return run(script, command);
    } finally {
      Files.delete(copy);
    }
  }

  private static List<String> run(String name, List<String> command)
      throws IOException, InterruptedException {
    var errors = Files.createTempFile("tradeflood-bench-", ".err");
    var process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    try {
      process.getOutputStream().close();
      var lines = lines(process);
      int exit = process.waitFor();
      if (exit != 0)
        throw new IllegalStateException(
            "%s ended with code %d: %s".formatted(name, exit, last(Files.readString(errors))));
      return lines;
    } finally {
      process.destroyForcibly();
      Files.delete(errors);
    }
  }

  private static List<String> lines(Process process) {
    try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
      return reader.lines().toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String last(String text) {
    var lines = text.strip().lines().limit(3).toList();
    return lines.isEmpty() ? "it said nothing" : String.join(" / ", lines);
  }
}
