package io.tradeflood.proxyter.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.SettingsReader;
import io.tradeflood.proxyter.health.Attempt;
import io.tradeflood.proxyter.health.Change;
import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.health.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallbacksTest {
  private static final Settings SETTINGS =
      SettingsReader.read(
          """
          proxies: [{id: fr-7, name: Lyon, url: "http://user:hidden@127.0.0.1:1", provider: acme}]
          callbacks:
            - {id: all, url: "http://127.0.0.1:1/a", secret: s3cret}
            - {id: bans, url: "http://127.0.0.1:1/b", events: ["pair.*"]}
          """);

  private static Change down() {
    var attempt =
        new Attempt(
            Instant.EPOCH,
            "fr-7",
            "binance",
            "api.binance.com:443",
            "main",
            "binance.candles",
            Signal.PROXY_REFUSED,
            "dial",
            3,
            Optional.empty(),
            0);
    return new Change(
        "proxy.down",
        Change.Severity.ERROR,
        Optional.of("fr-7"),
        Optional.of("binance"),
        Optional.of("acme"),
        Optional.of("main"),
        Optional.of("binance.candles"),
        Optional.of(Verdict.PROXY_DOWN),
        1,
        Instant.EPOCH,
        Optional.empty(),
        List.of(attempt),
        Optional.empty(),
        "ejected");
  }

  private record Sent(String to, Map<String, String> headers, String body) {}

  @Test
  void eachReceiverGetsWhatItAskedForSignedAndWithoutSecrets() throws Exception {
    BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    try (var journal = new Journal(InstantSource.system(), Optional.empty());
        var callbacks =
            new Callbacks(
                journal,
                InstantSource.system(),
                new Random(1),
                (to, headers, body) -> {
                  sent.add(new Sent(to.id(), headers, body));
                  return 204;
                })) {
      callbacks.use(SETTINGS.callbacks());
      var unused = journal.add(down(), SETTINGS, _ -> 0);
      Sent first = sent.poll(30, TimeUnit.SECONDS);
      assertThat(first).isNotNull();
      assertThat(first.to()).isEqualTo("all");
      assertThat(first.headers())
          .containsKeys("webhook-id", "webhook-timestamp")
          .hasEntrySatisfying("webhook-signature", s -> assertThat(s).startsWith("v1,"));
      assertThat(first.body())
          .contains(
              "\"type\":\"proxy.down\"",
              "\"class\":\"P-REFUSED\"",
              "\"verdict\":\"PROXY_DOWN\"",
              "\"name\":\"Lyon\"",
              "\"eligible\":0,\"total\":1",
              "\"since\":\"1970-01-01T00:00:00Z\"")
          .doesNotContain("hidden", "s3cret", "\"until\"");
      assertThat(callbacks.test("bans")).isEqualTo(204);
      assertThat(sent.poll(30, TimeUnit.SECONDS)).extracting(Sent::to).isEqualTo("bans");
      assertThat(sent).isEmpty();
    }
  }

  @Test
  void anEventIsSentAgainUntilItIsTakenAndOthersWaitBehindIt() throws Exception {
    BlockingQueue<String> taken = new LinkedBlockingQueue<>();
    var tries = new AtomicInteger();
    try (var journal = new Journal(InstantSource.system(), Optional.empty());
        var callbacks =
            new Callbacks(
                journal,
                InstantSource.system(),
                new Random(1),
                (_, headers, _) -> {
                  if (tries.incrementAndGet() == 1) throw new IOException("refused");
                  taken.add(headers.get("webhook-id"));
                  return 200;
                })) {
      callbacks.use(SETTINGS.callbacks().subList(0, 1));
      Event one = journal.add(down(), SETTINGS, _ -> 0);
      Event two = journal.add("config.reloaded", Change.Severity.INFO, "config", "revision 2");
      assertThat(taken.poll(30, TimeUnit.SECONDS)).isEqualTo(one.id());
      assertThat(taken.poll(30, TimeUnit.SECONDS)).isEqualTo(two.id());
      assertThat(tries.get()).isEqualTo(3);
    }
  }

  @Test
  void theSecondOfTwoReloadsIsToldAsWell() throws Exception {
    BlockingQueue<String> taken = new LinkedBlockingQueue<>();
    var millis = new AtomicLong(1_000_000);
    InstantSource clock = () -> Instant.ofEpochMilli(millis.get());
    try (var journal = new Journal(clock, Optional.empty());
        var callbacks =
            new Callbacks(
                journal,
                clock,
                new Random(1),
                (_, headers, _) -> {
                  taken.add(headers.get("webhook-id"));
                  return 200;
                })) {
      callbacks.use(SETTINGS.callbacks().subList(0, 1));
      Event one = journal.add("config.reloaded", Change.Severity.INFO, "config", "revision 2");
      Event two = journal.add("config.reloaded", Change.Severity.INFO, "config", "revision 3");
      assertThat(taken.poll(30, TimeUnit.SECONDS)).isEqualTo(one.id());
      millis.addAndGet(5_000);
      Event other = journal.add(down(), SETTINGS, _ -> 0);
      assertThat(taken.poll(30, TimeUnit.SECONDS)).isEqualTo(two.id());
      assertThat(taken.poll(30, TimeUnit.SECONDS)).isEqualTo(other.id());
      journal.add("config.reloaded", Change.Severity.INFO, "config", "revision 4");
      callbacks.flush(Duration.ofSeconds(30));
      assertThat(taken).hasSize(1);
    }
  }

  @Test
  void theJournalGoesOnWithItsNumbersAfterARestart(@TempDir Path folder) throws Exception {
    try (var journal = new Journal(InstantSource.system(), Optional.of(folder))) {
      journal.add(down(), SETTINGS, _ -> 0);
      journal.add("config.reloaded", Change.Severity.INFO, "config", "revision 2");
    }
    Files.writeString(
        folder.resolve("journal.jsonl"),
        Files.readString(folder.resolve("journal.jsonl")) + "{\"id\":\"cut");
    try (var journal = new Journal(InstantSource.system(), Optional.of(folder))) {
      assertThat(journal.last()).isEqualTo(2);
      assertThat(journal.after(0, 10)).extracting(Event::type).startsWith("proxy.down");
      assertThat(journal.await(2, 10, Duration.ofMillis(1))).isEmpty();
    }
  }
}
