package io.tradeflood.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is asked for again and again. */
@Timeout(60)
class PollingTest {
  private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");
  private static final Pace PACE = Pace.between(Duration.ofSeconds(1), Duration.ofSeconds(4));

  /** A time that passes at once, and is kept in mind. */
  private static final class Pauses implements Polling.Time {
    final List<Duration> all = new ArrayList<>();

    /** How much it passes whenever it is looked at. */
    Duration passing = Duration.ZERO;

    private Instant now = NOW;

    @Override
    public Instant instant() {
      now = now.plus(passing);
      return now;
    }

    @Override
    public void sleep(Duration length) {
      all.add(length);
    }
  }

  private final Pauses pauses = new Pauses();
  private final LinkedBlockingQueue<Object> answers = new LinkedBlockingQueue<>();

  /** A number is a row, a list is rows, a failure is one, and nothing is an unchanged answer. */
  private Optional<Polling.Answer<Integer>> answer() throws InterruptedException {
    return switch (answers.take()) {
      case Failure failure -> throw failure;
      case Integer row ->
          Optional.of(new Polling.Answer<>(List.of(row), NOW, () -> Optional.of("row " + row)));
      default -> Optional.empty();
    };
  }

  private Polling<Integer> polling(Pace pace, Object... given) {
    answers.addAll(List.of(given));
    return new Polling<>("acme.price", this::answer, pace, pauses);
  }

  private static Object next(FeedReader<Integer> reader) throws InterruptedException {
    return switch (reader.poll(Duration.ofSeconds(20)).orElseThrow()) {
      case Event.Data<Integer> data -> data.row();
      case Event.Status<Integer> status -> status.state();
    };
  }

  private static List<Object> untilItsEnd(Polling<Integer> polling) throws Exception {
    polling.begin();
    var told = new ArrayList<>();
    try (polling;
        var reader = polling.read()) {
      while (reader.hasNext())
        told.add(
            switch (reader.next()) {
              case Event.Data<Integer> data -> data.row();
              case Event.Status<Integer> status -> status.state();
            });
      reader.failure().map(Failure::reason).ifPresent(told::add);
    }
    return told;
  }

  private static Failure unreachable(String phase) {
    return new Failure.Unreachable("Acme is away", phase, "direct");
  }

  @Test
  void equalAnswersAreToldOnceAndAskedForLessAndLessOften() throws Exception {
    var polling = polling(PACE, 1, 2, 2, 2, 2, 2, "unchanged", 3, 3, new Failure.Bug("enough"));
    assertThat(untilItsEnd(polling)).containsExactly(new FeedState.Connected(), 1, 2, 3, "enough");
    assertThat(pauses.all.stream().map(Duration::toMillis))
        .containsExactly(1000L, 1000L, 1501L, 2252L, 3379L, 4000L, 4000L, 2000L, 3001L);
  }

  @Test
  void whatIsAnsweredSlowlyIsAskedForLessOften() throws Exception {
    pauses.passing = Duration.ofMillis(1_500);
    var polling = polling(PACE, 1, 2, new Failure.Bug("enough"));
    assertThat(untilItsEnd(polling)).contains(1, 2);
    assertThat(pauses.all.stream().map(Duration::toMillis)).containsExactly(3000L, 3000L);
    pauses.all.clear();
    pauses.passing = Duration.ofMinutes(1);
    assertThat(untilItsEnd(polling(PACE, 1, new Failure.Bug("enough")))).contains(1);
    assertThat(pauses.all).containsExactly(PACE.longest());
  }

  @Test
  void aFaultIsToldOnceWaitedOutAndNothingIsToldAgainAfterIt() throws Exception {
    var polling =
        polling(
            PACE,
            1,
            unreachable("connect"),
            unreachable("connect"),
            new Failure.Limited("Acme wants a pause", NOW, false),
            1,
            2,
            new Failure.Refused("Acme knows no BTC any more", "7", 400));
    assertThat(untilItsEnd(polling))
        .containsExactly(
            new FeedState.Connected(),
            1,
            new FeedState.Desynced("Acme is away"),
            new FeedState.Connected(),
            2,
            "Acme knows no BTC any more");
    assertThat(pauses.all.stream().map(Duration::toMillis))
        .containsExactly(1000L, 500L, 1000L, 2000L, 1501L, 1000L);
  }

  @Test
  void theFirstFailureIsTheAnswer() {
    var refused = new Failure.Refused("Acme knows no BTC", "7", 400);
    assertThatThrownBy(polling(PACE, refused)::begin).isSameAs(refused);
  }

  @Test
  void aMistakeIsTold() {
    var mistaken =
        new Polling<Integer>(
            "acme.price",
            () -> {
              throw new IllegalArgumentException("no such thing");
            },
            PACE,
            pauses);
    assertThatThrownBy(mistaken::begin)
        .isInstanceOf(Failure.Bug.class)
        .hasMessage("Polling acme.price failed")
        .hasRootCauseMessage("no such thing");
  }

  @Test
  void aTapeThatIsOverEndsItWithoutAFailure() throws Exception {
    assertThat(untilItsEnd(polling(PACE, 1, unreachable("tape"))))
        .containsExactly(new FeedState.Connected(), 1);
    assertThatThrownBy(polling(PACE, unreachable("tape"))::begin)
        .isInstanceOf(Failure.Unreachable.class);
  }

  @Test
  void aQuestionWithoutAnAnswerIsToldUntilItComes() throws Exception {
    var polling = polling(new Pace(Duration.ZERO, Duration.ZERO, Duration.ofMillis(20)), 1);
    polling.begin();
    try (polling;
        var reader = polling.read()) {
      assertThat(next(reader)).isEqualTo(new FeedState.Connected());
      assertThat(next(reader)).isEqualTo(1);
      assertThat(next(reader))
          .isInstanceOfSatisfying(
              FeedState.Stale.class, stale -> assertThat(stale.reason()).startsWith("no answer"));
      answers.add(2);
      assertThat(next(reader)).isEqualTo(new FeedState.Connected());
      assertThat(next(reader)).isEqualTo(2);
    }
  }

  @Test
  void closingInterruptsTheQuestion() throws Exception {
    var asked = new CountDownLatch(2);
    var interrupted = new CountDownLatch(1);
    var polling =
        new Polling<Integer>(
            "acme.price",
            () -> {
              asked.countDown();
              if (asked.getCount() > 0) return Optional.empty();
              try {
                new CountDownLatch(1).await();
                throw new AssertionError("nobody opens it");
              } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
              }
            },
            PACE,
            pauses);
    polling.begin();
    try (var reader = polling.read()) {
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      polling.close();
      assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(next(reader)).isEqualTo(new FeedState.Connected());
      assertThat(reader.hasNext()).isFalse();
      assertThat(reader.failure()).isEmpty();
    }
  }
}
