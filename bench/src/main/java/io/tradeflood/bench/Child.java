package io.tradeflood.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own for each side, so that none profits or suffers from another's JIT and heap.
 * It ends with its parent, and whoever hangs is ended after {@link #LONGEST}. Confined to one
 * thread.
 */
public final class Child implements AutoCloseable {
  /** What every JVM is started with, ours and the peers' alike. */
  private static final List<String> FLAGS =
      List.of("-Xms512m", "-Xmx512m", "--enable-native-access=ALL-UNNAMED");

  /** How long a child may run. */
  static final Duration LONGEST = Duration.ofMinutes(30);

  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final String name;
  private final Process process;
  private final Path errors;
  private final BufferedReader printed;
  private final Thread hook;

  private Child(String name, ProcessBuilder command) throws IOException {
    this.name = name;
    errors = Files.createTempFile("tradeflood-bench-", ".err");
    try {
      process = command.redirectError(errors.toFile()).start();
    } catch (IOException missing) {
      Files.delete(errors);
      throw new IOException(
          "%s cannot be started: %s".formatted(command.command().getFirst(), missing.getMessage()),
          missing);
    }
    printed = process.inputReader(StandardCharsets.UTF_8);
    hook = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
    Thread.ofVirtual().start(this::watch);
  }

  private void watch() {
    try {
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException _) {
      process.destroyForcibly();
    }
  }

  /** Runs the main method of a class in a new JVM; what it printed. */
  public static List<String> java(Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    try (var child = start(main, arguments)) {
      return child.rest();
    }
  }

  /** Starts the main method of a class in a new JVM, which runs on until it ends or is closed. */
  public static Child start(Class<?> main, List<String> arguments) throws IOException {
    return new Child(
        main.getSimpleName(), new ProcessBuilder(command(FLAGS, main.getName(), arguments)));
  }

  /** What starts a main method of our class path in a new JVM. */
  public static List<String> command(List<String> flags, String main, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main);
    command.addAll(arguments);
    return command;
  }

  /**
   * Runs a script that lies beside a class, with the peers in sight; what it printed.
   *
   * @param peers the folder with {@code node_modules}
   */
  public static List<String> node(
      Path peers, Class<?> beside, String script, List<String> arguments)
      throws IOException, InterruptedException {
    try (InputStream source = beside.getResourceAsStream(script)) {
      if (source == null) throw new IllegalStateException("there is no " + script);
      // A module that comes in by the input finds its imports from where it runs.
      var command = new ArrayList<>(List.of("node", "--input-type=module", "-"));
      command.addAll(arguments);
      try (var child = new Child(script, new ProcessBuilder(command).directory(peers.toFile()))) {
        child.give(source);
        return child.rest();
      }
    }
  }

  /** The next line that it prints. */
  public String line() throws IOException, InterruptedException {
    String line = printed.readLine();
    if (line == null) throw failed(process.waitFor());
    return line;
  }

  /** Tells it a line; the line that it answers with. */
  public String ask(String question) throws IOException, InterruptedException {
    try {
      process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException _) {
      // it has ended; that it answers nothing says so
    }
    return line();
  }

  private void give(InputStream input) {
    try {
      input.transferTo(process.getOutputStream());
    } catch (IOException _) {
      // it has ended before it was read to the end; its exit code says why
    }
  }

  private List<String> rest() throws IOException, InterruptedException {
    hush();
    List<String> lines;
    try {
      lines = printed.lines().toList();
    } catch (UncheckedIOException broken) {
      throw broken.getCause();
    }
    int exit = process.waitFor();
    if (exit != 0) throw failed(exit);
    return lines;
  }

  /** Ends its input. */
  private void hush() {
    try {
      process.getOutputStream().close();
    } catch (IOException _) {
      // it has ended before
    }
  }

  private IllegalStateException failed(int exit) throws IOException {
    return new IllegalStateException(
        "%s ended with code %d: %s".formatted(name, exit, first(Files.readString(errors))));
  }

  private static String first(String text) {
    var lines = text.strip().lines().limit(3).toList();
    return lines.isEmpty() ? "it said nothing" : String.join(" / ", lines);
  }

  /** What it has used of the processors so far; zero where the system does not say. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Whether it still runs. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it: its input ends, and if it goes on, so does it. */
  @Override
  public void close() throws IOException {
    boolean interrupted = false;
    try {
      hush();
      if (!process.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException _) {
      process.destroyForcibly();
      interrupted = true;
    }
    Runtime.getRuntime().removeShutdownHook(hook);
    Files.deleteIfExists(errors);
    if (interrupted) Thread.currentThread().interrupt();
  }
}
