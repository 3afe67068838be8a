package io.tradeflood.proxyter;

import static org.awaitility.Awaitility.await;

import io.tradeflood.proxyter.config.Configuration;
import io.tradeflood.proxyter.gateway.FakeClient;
import io.tradeflood.proxyter.health.Attempt;
import io.tradeflood.proxyter.health.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Proxyter with its file and its state in a folder; everything is closed with it. */
final class ProxyterFixture implements AutoCloseable {
  static final String LISTEN =
      "listen: {address: '127.0.0.1:0'}\nadmin: {address: '127.0.0.1:0'}\n";

  private final List<AutoCloseable> things = new ArrayList<>();
  private final Path folder;
  private final InstantSource clock;
  private Proxyter proxyter;

  ProxyterFixture(Path folder) {
    this(folder, InstantSource.system());
  }

  ProxyterFixture(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  Path file() {
    return folder.resolve("proxyter.yaml");
  }

  Path state() {
    return folder.resolve("state");
  }

  /** Writes the file, with the state's folder. */
  void write(String document) throws IOException {
    Files.writeString(file(), LISTEN + "stateFolder: '" + state() + "'\n" + document);
  }

  Proxyter start(String document) throws IOException {
    write(document);
    return start();
  }

  Proxyter start() {
    proxyter = Proxyter.start(Configuration.ofFile(file()), clock, 7);
    return proxyter;
  }

  Proxyter proxyter() {
    return proxyter;
  }

  <T extends AutoCloseable> T with(T thing) {
    things.add(thing);
    return thing;
  }

  FakeClient client() throws IOException {
    return with(new FakeClient(proxyter.gateway().port()));
  }

  /** A target says so of a proxy. */
  void seen(String proxy, String origin, Signal signal, Optional<Instant> retryAfter) {
    proxyter
        .watcher()
        .attempted(
            new Attempt(
                clock.instant(),
                proxy,
                origin,
                origin + ":443",
                "main",
                "default",
                signal,
                "feedback",
                0,
                retryAfter,
                0));
  }

  boolean told(String type) {
    return proxyter.journal().after(0, 10_000).stream().anyMatch(e -> e.type().equals(type));
  }

  static void until(BooleanSupplier holds) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(holds::getAsBoolean);
  }

  /** How many descriptors this process has open. */
  static long descriptors() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable thing : things.reversed()) thing.close();
    if (proxyter != null) proxyter.close();
  }
}
