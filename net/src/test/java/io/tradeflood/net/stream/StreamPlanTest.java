package io.tradeflood.net.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.net.StreamSettings;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.turn.Explanation;
import io.tradeflood.turn.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plan says of connections is what comes to pass. */
class StreamPlanTest {
  private static final RequestType TRADES = new RequestType("acme", "trades");
  private static final StreamLimits LIMITS =
      StreamLimits.standard().quiet(Duration.ofDays(10)).lifetime(Duration.ofDays(10));

  private final ManualWire wire = new ManualWire();
  private final Streams streams = new Streams(wire, StreamSettings.of(_ -> Optional.empty()));

  private FakeStream acme(StreamLimits limits) {
    return FakeStream.at("ws://acme.example", streams).limits(limits);
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "channel-%04d".formatted(i)).toList();
  }

  private List<Explanation.Connections> plan(FakeStream acme, List<String> names) {
    var all =
        names.stream()
            .<Subscription>map(name -> new WantedChannel(streams, acme, TRADES, name))
            .toList();
    return streams.explain(all);
  }

  /** Subscribes to all, and lets the exchange take everything, for as long as that takes. */
  private void run(FakeStream acme, List<String> names) {
    for (String name : names)
      streams
          .group(acme, TRADES, name)
          .join(
              FeedTap.one(
                  streams.group(acme, TRADES, name),
                  (PlannedChannel) acme.channel(name),
                  JsonScanner::readLong));
    wire.pass(Duration.ofMillis(10));
    var accepted = new ArrayList<ManualWire.Connection>();
    for (int i = 0; i < 2_000; i++) {
      for (var one : List.copyOf(wire.opened))
        if (accepted.contains(one)) one.acknowledge();
        else {
          accepted.add(one);
          one.accept();
        }
      wire.pass(Duration.ofMillis(500));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // channels, on one, in a message, bytes, messages a s, connects a min, subscriptions a min
    "1, 100, 50, 4096, 5, 60, 0",
    "49, 49, 40, 4096, 10, 60, 0",
    "200, 1024, 200, 4096, 5, 60, 0",
    "200, 50, 50, 300, 5, 60, 0",
    "60, 10, 4, 4096, 2, 2, 0",
    "40, 40, 1, 4096, 10, 60, 3",
    "40, 40, 2, 50, 10, 60, 5"
  })
  void aPlanComesToPass(
      int channels, int onOne, int inOne, int bytes, int messages, int connects, int subscribing) {
    var limits =
        LIMITS
            .channels(onOne, inOne, bytes)
            .messages(messages, Duration.ofSeconds(1))
            .connects(connects, Duration.ofMinutes(1), 100);
    if (subscribing > 0) limits = limits.subscriptions(subscribing, Duration.ofMinutes(1));
    var acme = acme(limits);
    var names = names(channels);

    var planned = plan(acme, names).getFirst();
    assertThat(wire.opened).as("a plan opens nothing").isEmpty();
    run(acme, names);

    assertThat(planned.subscriptions()).isEqualTo(channels);
    assertThat(planned.connections()).isEqualTo(wire.opened.size());
    assertThat(planned.messages())
        .isEqualTo(wire.opened.stream().mapToInt(c -> c.sent.size()).sum());
    var last =
        wire.opened.stream().flatMap(c -> c.sentAt.stream()).max(Duration::compareTo).orElseThrow();
    assertThat(last.minus(planned.expected()).abs()).isLessThan(Duration.ofMillis(600));
  }

  @Test
  void sharesTellWhatIsTakenOfEachLimit() {
    var acme =
        acme(
            LIMITS
                .channels(50, 2, 4096)
                .messages(10, Duration.ofSeconds(1))
                .subscriptions(20, Duration.ofHours(1))
                .connects(2, Duration.ofMinutes(5), 3));
    assertThat(plan(acme, names(90)))
        .containsExactly(
            new Explanation.Connections(
                "acme.stream",
                "direct",
                90,
                3,
                45,
                List.of(
                    share("subscriptions on one", 40, 40, Duration.ZERO, Duration.ZERO),
                    share("connections", 3, 2, Duration.ofMinutes(5), Duration.ofMinutes(5)),
                    share("connections at once", 3, 3, Duration.ZERO, Duration.ZERO),
                    share(
                        "messages on one", 20, 10, Duration.ofSeconds(1), Duration.ofMillis(1900)),
                    share("subscribing on one", 20, 20, Duration.ofHours(1), Duration.ZERO)),
                Optional.empty(),
                Duration.ofMinutes(5).plusMillis(400)));
  }

  private static Explanation.Share share(
      String what, long amount, long capacity, Duration window, Duration expected) {
    return new Explanation.Share(
        what, amount, capacity, Optional.of(window).filter(Duration::isPositive), expected);
  }

  @Test
  void groupsHaveConnectionsOfTheirOwnAndShareWhatIsCounted() {
    var acme = acme(LIMITS.connects(1, Duration.ofMinutes(1), 1));
    var both = plan(acme, List.of("a", "other.b", "a"));
    assertThat(both)
        .extracting(Explanation.Connections::connector)
        .containsExactly("acme.stream", "acme.stream other");
    assertThat(both.getFirst().problem()).isEmpty();
    assertThat(both.getLast().expected()).isEqualTo(Duration.ofMinutes(1));
    assertThat(both.getLast().problem())
        .contains("acme.stream allows 1 connections by one address: ask for fewer");
  }

  @Test
  void anAddressThatNamesItsChannelsNeedsNoMessage() {
    var acme = acme(LIMITS).framing(StreamConnector.Framing.LINES);
    var names = names(3);
    var planned = plan(acme, names).getFirst();
    assertThat(planned.messages()).isZero();
    run(acme, names);
    assertThat(planned.connections()).isEqualTo(wire.opened.size());
  }
}
