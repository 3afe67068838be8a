package io.tradeflood.bench.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A proxy under test, and what the kernel says of it. */
final class ProxyProcess implements AutoCloseable {
  private static final double TICKS_PER_SECOND = 100;

  private final String name;
  private final Process process;
  private final int port;
  private final Path folder;
  private final Thread hook;

  private ProxyProcess(String name, Process process, int port, Path folder) {
    this.name = name;
    this.process = process;
    this.port = port;
    this.folder = folder;
    this.hook = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts it and waits until it takes connections.
   *
   * @param files of its own, by name; {@code %FOLDER%} in the command is where they lie
   */
  static ProxyProcess start(String name, int port, Map<String, String> files, List<String> command)
      throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("tradeflood-bench-");
    for (var file : files.entrySet())
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    var log = folder.resolve("log");
    var process =
        new ProcessBuilder(
                command.stream().map(w -> w.replace("%FOLDER%", folder.toString())).toList())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    var started = new ProxyProcess(name, process, port, folder);
    for (int tries = 0; tries < 1_000; tries++) {
      if (!process.isAlive()) break;
      try (var probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (probe.isConnected()) return started;
      } catch (IOException _) {
        process.waitFor(20, TimeUnit.MILLISECONDS);
      }
    }
    String said = Files.readString(log, StandardCharsets.UTF_8).strip();
    started.close();
    throw new IllegalStateException(
        "%s does not take connections at port %d: %s"
            .formatted(name, port, said.isEmpty() ? "it said nothing" : said));
  }

  /** A port that was free a moment ago. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  /** Processor time so far, of it and its children, in seconds. */
  double cpuSeconds() throws IOException {
    double sum = 0;
    for (long pid : family()) {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      sum += (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }
    return sum;
  }

  /** Memory that is resident now, of it and its children, in bytes. */
  long residentBytes() throws IOException {
    long sum = 0;
    for (long pid : family())
      for (var line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")))
        if (line.startsWith("VmRSS:")) sum += Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024;
    return sum;
  }

  private long[] family() {
    return java.util.stream.LongStream.concat(
            java.util.stream.LongStream.of(process.pid()),
            process.descendants().mapToLong(ProcessHandle::pid))
        .toArray();
  }

  /** Asks it to end, then makes it. */
  @Override
  public void close() throws IOException {
    var children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(3, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().removeShutdownHook(hook);
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) Files.delete(file);
    }
    Files.delete(folder);
  }

  @Override
  public String toString() {
    return name + Arrays.toString(family());
  }
}
