package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.connector.Limit;
import io.tradeflood.connector.ServiceContext;
import io.tradeflood.proxy.ProxyScheme;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A thread that is held up between two looks at the clock. */
class StalledThreadTest {
  private static final Duration STALL = Duration.ofMillis(700);
  private static final Duration WAY = Duration.ofMillis(50);
  private static final Duration WINDOW = Duration.ofSeconds(1);

  private final AtomicLong nanos = new AtomicLong();

  private final Timeline timeline =
      new Timeline() {
        @Override
        public long nanos() {
          return nanos.get();
        }

        @Override
        public Instant instant() {
          return Instant.EPOCH.plusNanos(nanos.get());
        }

        @Override
        public void sleep(long time) {
          nanos.addAndGet(time);
        }
      };

  /** Is held up before it sends; the durations that it tells know nothing of that. */
  private final class StalledWire implements Wire {
    @Override
    public WireReply exchange(WireRequest request) {
      nanos.addAndGet(STALL.toNanos());
      var sent = timeline.instant();
      long sentAt = nanos.get();
      long firstByteAt = nanos.addAndGet(WAY.toNanos());
      byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
      return new WireReply(
          new HttpReply(200, Map.of(), body, sent, timeline.instant()),
          sentAt,
          firstByteAt,
          Duration.ZERO,
          WAY,
          Duration.ZERO,
          false);
    }

    @Override
    public HttpReply post(URI url, Map<String, String> headers, byte[] body) {
      throw new UnsupportedOperationException("nobody posts");
    }

    @Override
    public void close() {}
  }

  @Test
  void noShareComesBackBeforeAWindowAfterTheAnswer() throws Exception {
    var context =
        new ServiceContext(
            ProxyScheme.direct(), InstantSource.fixed(Instant.EPOCH), _ -> Optional.empty());
    var settings = TransportSettings.of(_ -> Optional.empty());
    try (var transport =
        new HttpTransport(context, settings, timeline, () -> 0.5, StalledWire::new, false)) {
      var acme = FakeRest.at("http://127.0.0.1:1", transport, Limit.of("calls", 10, WINDOW));
      Transports.run(acme.get("/time").cost("calls", 1).read(body -> body.length));
      nanos.set(WAY.plus(WINDOW).plusMillis(100).toNanos());
      assertThat(transport.limits().getFirst().used()).isEqualTo(1);
      nanos.set(STALL.plus(WAY).plus(WINDOW).plusMillis(100).toNanos());
      assertThat(transport.limits().getFirst().used()).isZero();
    }
  }
}
