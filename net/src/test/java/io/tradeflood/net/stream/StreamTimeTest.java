package io.tradeflood.net.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tradeflood.live.Arrival;
import io.tradeflood.live.BookSink;
import io.tradeflood.live.BookStream;
import io.tradeflood.live.BookUpdate;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.FeedState;
import io.tradeflood.net.StreamSettings;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What takes hours, or depends on when, by a time that the test lets pass. */
class StreamTimeTest {
  private static final StreamLimits LIMITS =
      StreamLimits.standard()
          .messages(1000, Duration.ofSeconds(1))
          .quiet(Duration.ofDays(10))
          .lifetime(Duration.ofDays(10));
  private static final Name FIRST = Name.of("first");
  private static final Name LAST = Name.of("last");

  private final ManualWire wire = new ManualWire();
  private final Streams streams = new Streams(wire, StreamSettings.of(_ -> Optional.empty()));
  private final List<String> told = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();

  private FakeStream acme(StreamLimits limits) {
    return FakeStream.at("ws://acme.example", streams).limits(limits);
  }

  private Tap<Feed<Long>> subscribe(FakeStream acme, String channel) {
    var tap = join(acme, channel);
    wire.pass(Duration.ofMillis(10));
    return tap;
  }

  private Tap<Feed<Long>> join(FakeStream acme, String channel) {
    var planned = (PlannedChannel) acme.channel(channel);
    var group = streams.group(acme, new RequestType("acme", "trades"), channel);
    var tap = FeedTap.one(group, planned, JsonScanner::readLong);
    var _ =
        tap.ready()
            .exceptionally(
                failure -> {
                  reasons.add(channel + ": " + failure.getMessage());
                  return null;
                });
    group.join(tap);
    tap.value()
        .attach(
            new FeedSink<Long>() {
              @Override
              public void rows(List<? extends Long> rows, Arrival arrival) {
                told.add(channel + rows);
              }

              @Override
              public void state(FeedState state, Instant received) {
                told.add(channel + " " + word(state));
              }

              @Override
              public void end(Optional<Failure> why) {
                told.add(channel + " end");
              }
            });
    return tap;
  }

  private static String word(FeedState state) {
    return state.getClass().getSimpleName();
  }

  @Test
  void pausesBetweenTriesGrowUpToTheLongest() {
    subscribe(acme(LIMITS), "a");
    wire.last().accept();
    var pauses = new ArrayList<Long>();
    for (int i = 0; i < 9; i++) {
      var broken = wire.passed();
      wire.last().breaks();
      wire.pass(Duration.ofSeconds(60));
      pauses.add(wire.last().at.minus(broken).toMillis());
    }
    // Three quarters of the whole, as the wire's random numbers have it.
    assertThat(pauses)
        .isEqualTo(List.of(375L, 750L, 1500L, 3000L, 6000L, 12_000L, 22_500L, 22_500L, 22_500L));
    wire.last().accept();
    wire.pass(Duration.ofSeconds(31));
    var broken = wire.passed();
    wire.last().breaks();
    wire.pass(Duration.ofSeconds(60));
    assertThat(wire.last().at.minus(broken)).isEqualTo(Duration.ofMillis(375));
    assertThat(told).containsExactly("a Connected", "a Desynced", "a Connected", "a Desynced");
  }

  @Test
  void connectsKeepWithinTheirWindow() {
    var acme = acme(LIMITS.channels(1, 1, 4096).connects(2, Duration.ofMinutes(1), 10));
    for (String name : List.of("a", "b", "c", "d", "other.e")) subscribe(acme, name);
    wire.pass(Duration.ofMinutes(5));
    assertThat(wire.opened.stream().map(c -> c.at.truncatedTo(ChronoUnit.SECONDS)).toList())
        .isEqualTo(
            List.of(
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(2)));
  }

  @Test
  void whoFindsNoRoomIsTold() {
    var acme = acme(LIMITS.channels(1, 1, 4096).connects(60, Duration.ofMinutes(1), 1));
    subscribe(acme, "a");
    var tap = subscribe(acme, "b");
    assertThat(tap.ready()).isCompletedExceptionally();
    assertThat(tap.ready().exceptionNow())
        .isInstanceOf(Failure.Unsupported.class)
        .hasMessageContaining("acme.stream allows 1 connections of 1 channels by one address");
  }

  @Test
  void messagesAreSpreadOverTheirWindow() {
    var acme = acme(LIMITS.channels(100, 1, 4096).messages(5, Duration.ofSeconds(1)));
    for (int i = 0; i < 20; i++) subscribe(acme, "c" + i);
    wire.last().accept();
    wire.pass(Duration.ofSeconds(10));
    var times = wire.last().sentAt.stream().map(Duration::toMillis).toList();
    assertThat(times).hasSize(20);
    for (int i = 1; i < times.size(); i++)
      assertThat(times.get(i) - times.get(i - 1)).isCloseTo(200, within(1L));
  }

  @Test
  void subscriptionsThatAreUsedUpLeadToAnotherConnection() {
    var acme = acme(LIMITS.channels(100, 2, 4096).subscriptions(3, Duration.ofHours(1)));
    subscribe(acme, "a");
    var first = wire.last().accept();
    for (String name : List.of("b", "c", "d")) {
      subscribe(acme, name);
      first.acknowledge();
    }
    assertThat(first.sent).hasSize(3);
    assertThat(wire.opened).hasSize(2);
    assertThat(wire.last().accept().sent.getFirst()).contains("[\"d\"]");
    wire.pass(Duration.ofHours(1));
    subscribe(acme, "e");
    assertThat(first.sent.getLast()).contains("[\"e\"]");
    assertThat(wire.opened).hasSize(2);
  }

  @Test
  void ifNoOtherConnectionMayBeOpenedASubscriptionWaits() {
    var acme =
        acme(
            LIMITS
                .channels(100, 2, 4096)
                .subscriptions(3, Duration.ofHours(1))
                .connects(60, Duration.ofMinutes(1), 1));
    subscribe(acme, "a");
    var only = wire.last().accept();
    var began = wire.passed();
    for (String name : List.of("b", "c", "d")) subscribe(acme, name);
    only.acknowledge();
    wire.pass(Duration.ofMinutes(59));
    assertThat(only.sent).hasSize(3);
    wire.pass(Duration.ofMinutes(2));
    assertThat(only.sent).hasSize(4);
    assertThat(only.sentAt.getLast()).isEqualTo(began.plus(Duration.ofHours(1)));
  }

  @Test
  void pingsGoOnWhileSubscriptionsWait() {
    var acme =
        acme(LIMITS
                .channels(100, 2, 4096)
                .subscriptions(1, Duration.ofHours(1))
                .connects(60, Duration.ofMinutes(1), 1))
            .keeping(Keepalive.frames(Duration.ofSeconds(20)));
    subscribe(acme, "a");
    var only = wire.last().accept();
    subscribe(acme, "b");
    for (int i = 0; i < 6; i++) {
      wire.pass(Duration.ofSeconds(10));
      only.listener.ponged();
    }
    assertThat(only.closed).isFalse();
    assertThat(only.sent.stream().filter("ping"::equals).count()).isGreaterThan(1);
  }

  @Test
  void aChannelThatMayNotBeAskedForAnewMovesToAnotherConnection() {
    var acme = acme(LIMITS.channels(100, 2, 4096).subscriptions(2, Duration.ofHours(1)));
    var silent = acme.channel("a").quiet(Duration.ofSeconds(10));
    var group = streams.group(acme, new RequestType("acme", "trades"), "a");
    var tap = FeedTap.one(group, (PlannedChannel) silent, JsonScanner::readLong);
    group.join(tap);
    wire.pass(Duration.ofMillis(10));
    var first = wire.last().accept();
    subscribe(acme, "b");
    first.acknowledge();
    wire.pass(Duration.ofSeconds(13));
    assertThat(wire.opened).hasSize(2);
    var second = wire.last().accept();
    assertThat(second.sent).singleElement().asString().contains("\"sub\"").contains("[\"a\"]");
    first.tell("{\"ch\":\"b\",\"data\":1}");
    second.tell("{\"ch\":\"a\",\"data\":2}");
    assertThat(told).containsExactly("b Connected", "b[1]");
    assertThat(first.sent).hasSize(2);
    for (int i = 0; i < 410; i++) {
      second.tell("{\"ch\":\"a\",\"data\":3}");
      wire.pass(Duration.ofSeconds(9));
    }
    assertThat(first.sent).hasSize(3);
    assertThat(first.sent.getLast()).contains("\"unsub\"").contains("[\"a\"]");
    assertThat(first.closed).isFalse();
  }

  @Test
  void pingsThatAreNotAnsweredOrDoNotComeTellThatItIsDead() {
    subscribe(acme(LIMITS).keeping(Keepalive.frames(Duration.ofSeconds(20))), "a");
    wire.last().accept();
    var first = wire.last();
    wire.pass(Duration.ofSeconds(26));
    assertThat(first.sent).contains("ping");
    first.listener.ponged();
    wire.pass(Duration.ofSeconds(50));
    assertThat(first.closed).isTrue();
    assertThat(told).containsExactly("a Connected", "a Stale", "a Desynced");

    told.clear();
    subscribe(acme(LIMITS).keeping(Keepalive.byServer(Duration.ofMinutes(3))), "other.b");
    var second = wire.last().accept();
    wire.pass(Duration.ofSeconds(170));
    second.listener.pinged();
    wire.pass(Duration.ofSeconds(170));
    assertThat(second.closed).isFalse();
    wire.pass(Duration.ofSeconds(60));
    assertThat(second.closed).isTrue();
    assertThat(told).contains("other.b Stale");
  }

  @Test
  void aConnectionIsReplacedBeforeItsTimeIsOverAndNothingIsLost() {
    subscribe(acme(LIMITS.lifetime(Duration.ofHours(24))), "a");
    var old = wire.last().accept();
    wire.pass(Duration.ofHours(20));
    assertThat(wire.opened).hasSize(1);
    wire.pass(Duration.ofMinutes(3 * 60 + 30));
    assertThat(wire.opened).hasSize(2);
    assertThat(old.closed).isFalse();
    old.tell("{\"ch\":\"a\",\"data\":1}");
    var fresh = wire.last().accept();
    fresh.tell("{\"ch\":\"a\",\"data\":2}");
    assertThat(old.closed).isTrue();
    assertThat(told).containsExactly("a Connected", "a[1]", "a[2]");
  }

  @Test
  void ifTheOldOneBreaksBeforeTheNewOneIsReadyThatIsTold() {
    subscribe(acme(LIMITS), "a");
    var old = wire.last().accept();
    old.tell("{\"leaving\":\"soon\"}");
    wire.pass(Duration.ofMillis(10));
    old.breaks();
    wire.last().accept().tell("{\"ch\":\"a\",\"data\":2}");
    assertThat(told).containsExactly("a Connected", "a Desynced", "a Connected", "a[2]");
    assertThat(streams.connections()).hasSize(1);
  }

  private BookTap book(FakeStream acme) {
    var planned = (PlannedChannel) acme.channel("book");
    var group = streams.group(acme, new RequestType("acme", "book"), "book");
    var tap =
        new BookTap(
            group,
            planned,
            (message, snapshot, into) ->
                into.begin(snapshot)
                    .sequence(message.field(FIRST).readLong(), message.field(LAST).readLong()));
    group.join(tap);
    BookStream stream = tap.value();
    stream.attach(
        new BookSink() {
          @Override
          public void update(BookUpdate update, long received) {
            told.add((update.isSnapshot() ? "=" : "") + update.first() + "-" + update.last());
          }

          @Override
          public void state(FeedState state, Instant received) {
            told.add(word(state));
          }

          @Override
          public void end(Optional<Failure> why) {
            told.add("end");
          }
        });
    wire.pass(Duration.ofMillis(10));
    return tap;
  }

  private static String change(long first, long last) {
    return "{\"ch\":\"book\",\"data\":{\"first\":%d,\"last\":%d}}".formatted(first, last);
  }

  @Test
  void aBookPassesFromOneConnectionToTheOtherWithoutABreak() {
    book(acme(LIMITS));
    var old = wire.last().accept();
    old.tell(change(1, 3));
    old.tell("{\"leaving\":\"soon\"}");
    wire.pass(Duration.ofMillis(10));
    var fresh = wire.last().accept();
    fresh.tell("{\"ch\":\"book\",\"snapshot\":true,\"data\":{\"first\":5,\"last\":5}}");
    fresh.tell(change(6, 7));
    old.tell(change(4, 4));
    assertThat(old.closed).isFalse();
    fresh.tell(change(8, 8));
    old.tell(change(5, 7));
    assertThat(old.closed).isTrue();
    fresh.tell(change(9, 9));
    assertThat(told).containsExactly("Connected", "1-3", "4-4", "5-7", "8-8", "9-9");
  }

  @Test
  void aBookThatCannotPassWithoutABreakIsTold() {
    book(acme(LIMITS));
    var old = wire.last().accept();
    old.tell(change(1, 3));
    old.tell("{\"leaving\":\"soon\"}");
    wire.pass(Duration.ofMillis(10));
    var fresh = wire.last().accept();
    fresh.tell(change(10, 12));
    assertThat(old.closed).isFalse();
    wire.pass(Duration.ofSeconds(6));
    assertThat(old.closed).isTrue();
    assertThat(told).containsExactly("Connected", "1-3", "Desynced", "Connected", "10-12");
  }

  /** A channel that nothing may come of for a day. */
  private void subscribeQuietly(FakeStream acme, String channel) {
    var group = streams.group(acme, new RequestType("acme", "trades"), channel);
    var planned = (PlannedChannel) acme.channel(channel).quiet(Duration.ofDays(1));
    group.join(FeedTap.one(group, planned, JsonScanner::readLong));
    wire.pass(Duration.ofMillis(10));
  }

  @Test
  void aConnectionOfChannelsThatMayBeSilentIsJudgedByItsPings() {
    var acme =
        acme(LIMITS.quiet(Duration.ofSeconds(60)))
            .keeping(Keepalive.frames(Duration.ofSeconds(20)));
    subscribeQuietly(acme, "a");
    subscribeQuietly(acme, "b");
    var line = wire.last().accept();
    for (int i = 0; i < 300; i++) {
      wire.pass(Duration.ofSeconds(10));
      line.listener.ponged();
    }
    assertThat(line.closed).as("50 minutes without data").isFalse();
    wire.pass(Duration.ofSeconds(60));
    assertThat(line.closed).as("a ping is not answered").isTrue();
  }

  @Test
  void oneChannelThatMayNotBeSilentIsEnoughToReplaceAConnection() {
    var acme =
        acme(LIMITS.quiet(Duration.ofSeconds(60)))
            .keeping(Keepalive.byServer(Duration.ofMinutes(10)));
    subscribeQuietly(acme, "a");
    subscribe(acme, "b");
    var line = wire.last().accept();
    wire.pass(Duration.ofSeconds(59));
    assertThat(line.closed).isFalse();
    wire.pass(Duration.ofSeconds(5));
    assertThat(line.closed).isTrue();
    assertThat(told).containsExactly("b Connected", "b Stale", "b Desynced");
  }

  @Test
  void whereNobodyPingsSilenceIsAllThatTellsOfADeadConnection() {
    subscribeQuietly(acme(LIMITS.quiet(Duration.ofSeconds(60))), "a");
    var line = wire.last().accept();
    wire.pass(Duration.ofSeconds(65));
    assertThat(line.closed).isTrue();
  }

  @Test
  void aChannelThatFallsSilentIsSubscribedToAnew() {
    var acme = acme(LIMITS);
    var planned = (PlannedChannel) acme.channel("a").quiet(Duration.ofSeconds(10));
    var group = streams.group(acme, new RequestType("acme", "trades"), "a");
    var tap = FeedTap.one(group, planned, JsonScanner::readLong);
    group.join(tap);
    subscribe(acme, "b");
    var line = wire.last().accept();
    for (int i = 0; i < 12; i++) {
      line.tell("{\"ch\":\"b\",\"data\":1}");
      wire.pass(Duration.ofSeconds(1));
    }
    assertThat(line.closed).isFalse();
    assertThat(line.sent.getLast()).contains("unsub").contains("[\"a\"]");
    line.acknowledge();
    wire.pass(Duration.ofMillis(10));
    assertThat(line.sent.getLast()).contains("\"sub\"").contains("[\"a\"]");
    assertThat(told).doesNotContain("b Stale", "b Desynced");
  }

  @Test
  void aChannelThatIsSubscribedToAnewStaysWhenTheOthersLeave() {
    var acme = acme(LIMITS);
    var stays = subscribe(acme, "a");
    var leaves = subscribe(acme, "b");
    var line = wire.last().accept();
    var group = streams.group(acme, new RequestType("acme", "trades"), "a");
    group.leave(leaves);
    wire.pass(streams.settings().linger().minusSeconds(1));
    group.renew(stays, "a row is missing");
    wire.pass(Duration.ofSeconds(2));
    assertThat(line.sent).anyMatch(text -> text.contains("unsub") && text.contains("[\"b\"]"));
    line.acknowledge();
    wire.pass(Duration.ofMillis(10));
    line.acknowledge();
    assertThat(told).endsWith("a Desynced", "a Connected");
    assertThat(line.closed).isFalse();
  }

  /** Where the address says what is wanted. */
  private FakeStream lines() {
    return acme(LIMITS.connects(2, Duration.ofSeconds(1), 20))
        .framing(StreamConnector.Framing.LINES);
  }

  /** The exchange does not know some channels, and refuses addresses with them. */
  private void serve(Predicate<ManualWire.Connection> unknown, String text) {
    for (int done = 0; done < wire.opened.size(); ) {
      var connection = wire.opened.get(done++);
      if (!connection.closed && unknown.test(connection)) connection.refuse(text);
      else if (!connection.closed) connection.accept();
      wire.pass(Duration.ofSeconds(3));
    }
  }

  private static Set<String> channels(ManualWire.Connection connection) {
    return Set.of(connection.path.replaceFirst(".*=", "").split(","));
  }

  @Test
  void anAddressThatIsRefusedForOneChannelIsOpenedWithTheOthers() {
    var acme = lines();
    for (String name : List.of("a", "b", "c", "bad", "e", "f", "g")) join(acme, name);
    wire.pass(Duration.ofMillis(10));
    serve(connection -> channels(connection).contains("bad"), "no such thing");

    assertThat(reasons).containsExactly("bad: status 400, no such thing");
    assertThat(told)
        .containsExactlyInAnyOrder(
            "a Connected",
            "b Connected",
            "c Connected",
            "e Connected",
            "f Connected",
            "g Connected");
    var open = wire.opened.stream().filter(connection -> !connection.closed).toList();
    assertThat(open).hasSize(1);
    assertThat(channels(open.getFirst())).containsExactlyInAnyOrder("a", "b", "c", "e", "f", "g");
    assertThat(wire.opened).hasSizeLessThan(10);
  }

  @Test
  void theChannelThatTheExchangeNamesIsRefusedAtOnceAndOthersNoticeNothing() {
    var acme = lines();
    for (String name : List.of("a", "b")) join(acme, name);
    wire.pass(Duration.ofMillis(10));
    wire.last().accept();
    wire.pass(Duration.ofSeconds(3));
    for (String name : List.of("c", "bad", "e")) join(acme, name);
    wire.pass(Duration.ofSeconds(3));
    assertThat(wire.opened).hasSize(2);
    wire.last().refuse("nobody knows 'bad' here");
    wire.pass(Duration.ofSeconds(3));
    wire.last().accept();

    assertThat(wire.opened).hasSize(3);
    assertThat(channels(wire.last())).containsExactlyInAnyOrder("a", "b", "c", "e");
    assertThat(reasons).containsExactly("bad: status 400, nobody knows 'bad' here");
    assertThat(told).doesNotContain("a Desynced", "b Desynced").contains("c Connected");
  }

  @Test
  void aChannelThatIsRefusedBesideOthersLeavesTheirConnectionAlone() {
    var acme = lines();
    subscribe(acme, "a");
    var first = wire.last().accept();
    wire.pass(Duration.ofSeconds(3));
    subscribe(acme, "bad");
    wire.pass(Duration.ofSeconds(3));
    wire.last().refuse("no such thing");
    wire.pass(Duration.ofMinutes(1));

    assertThat(wire.opened).hasSize(2);
    assertThat(first.closed).isFalse();
    assertThat(reasons).containsExactly("bad: status 400, no such thing");
    assertThat(told).containsExactly("a Connected");
  }

  @Test
  void whereTheExchangeRefusesUsEveryFeedEndsAtOnce() {
    var acme = lines();
    for (String name : List.of("a", "b", "c")) join(acme, name);
    wire.pass(Duration.ofMillis(10));
    wire.last().listener.closed(new Failure.Refused("status 401", "401", 401), true);
    wire.pass(Duration.ofMinutes(1));

    assertThat(wire.opened).hasSize(1);
    assertThat(reasons)
        .containsExactlyInAnyOrder("a: status 401", "b: status 401", "c: status 401");
  }
}
