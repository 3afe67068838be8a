package io.tradeflood.proxyter.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.SettingsReader;
import io.tradeflood.proxyter.health.Change.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OutageTest {
  private static final Settings SETTINGS =
      SettingsReader.read("callbacks: [{id: ops, url: 'http://127.0.0.1:1/'}]");

  @Test
  void aReceiverThatIsAwayForAnHourGetsEveryEventInOrder() throws Exception {
    var now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    List<String> taken = new CopyOnWriteArrayList<>();
    var status = new AtomicInteger(503);
    var tries = new AtomicInteger();
    var sent = new ArrayList<String>();
    try (var journal = new Journal(now::get, Optional.empty());
        var callbacks =
            new Callbacks(
                journal,
                now::get,
                new Random(1),
                (_, headers, _) -> {
                  tries.incrementAndGet();
                  if (status.get() < 300) taken.add(headers.get("webhook-id"));
                  return status.get();
                })) {
      callbacks.use(SETTINGS.callbacks());
      for (int minute = 0; minute < 60; minute++) {
        for (int i = 0; i < 5; i++)
          sent.add(journal.add("proxy.down", Severity.ERROR, "proxy:p" + i, "down").id());
        now.updateAndGet(n -> n.plus(Duration.ofMinutes(1)));
      }
      await().until(() -> tries.get() >= 1);
      assertThat(taken).isEmpty();
      assertThat(callbacks.owed().getFirst().queued()).isEqualTo(300);
      status.set(204);
      now.updateAndGet(n -> n.plus(Duration.ofHours(1)));
      // What happens next is what makes the receiver look at the clock.
      sent.add(journal.add("proxy.up", Severity.INFO, "proxy:p1", "up").id());
      await().atMost(Duration.ofSeconds(20)).until(() -> taken.size() >= sent.size());
      assertThat(taken).containsExactlyElementsOf(sent);
      assertThat(callbacks.owed().getFirst().lost()).isZero();
      assertThat(callbacks.reached()).containsEntry("ops", journal.last());
      callbacks.flush(Duration.ofSeconds(5));
    }
  }
}
