package io.tradeflood.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sequences: many turns taken one after another, in bounded memory. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SequencesTest {
  private final Outside outside = new Outside();
  private final Acme acme = Acme.of(outside);
  private final TurnScheme scheme = new TurnScheme();
  private final TurnRunner runner = new TurnRunner();

  @AfterEach
  void close() {
    runner.close();
  }

  private List<Turn<String>> pages(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> acme.page("BTC", i)).toList();
  }

  private static <T> List<T> all(Results<T> results) throws InterruptedException {
    var values = new ArrayList<T>();
    while (results.hasNext()) values.add(results.next().orThrow());
    return values;
  }

  @Test
  void valuesComeInTheOrderOfTheTurnsHoweverTheyArrive() throws InterruptedException {
    outside.hold("page BTC 0");
    var ask = scheme.each("pages", pages(0, 50));

    try (var run = runner.start(scheme)) {
      outside.awaitBegun("page BTC 49");
      outside.release("page BTC 0");
      assertThat(all(run.results(ask)))
          .containsExactlyElementsOf(
              IntStream.range(0, 50).mapToObj(i -> "page BTC " + i + "!").toList());
      assertThatThrownBy(() -> run.results(ask).next()).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void noMoreIsBegunThanTheReaderMayBeBehind() throws InterruptedException {
    var ask = scheme.each("pages", pages(0, 100));

    try (var run = runner.start(scheme, RunOptions.standard().ahead(8))) {
      outside.awaitBegun("page BTC 7");
      assertThat(outside.asked).doesNotContainKey("page BTC 8");
      run.results(ask).next();
      outside.awaitBegun("page BTC 8");
      assertThat(outside.asked).doesNotContainKey("page BTC 9");
      assertThat(all(run.results(ask))).hasSize(99);
    }
  }

  @Test
  void overlappingSequencesOfReadersOfAnySpeedCostTheCallsOfOne() throws InterruptedException {
    var one = scheme.each("one", pages(0, 500));
    var other = scheme.each("other", pages(250, 500));
    var whole = scheme.ask("whole", Turn.all(pages(400, 450)));

    try (var run = runner.start(scheme, RunOptions.standard().ahead(10))) {
      assertThat(all(run.results(one))).hasSize(500);
      assertThat(all(run.results(other))).hasSize(250).first().isEqualTo("page BTC 250!");
      assertThat(run.result(whole).await()).hasSize(50);
      assertThat(run.submit("late", acme.page("BTC", 420)).await()).isEqualTo("page BTC 420!");
      assertThat(run.analyze().repeated()).isZero();
    }
    assertThat(outside.total()).isEqualTo(500);
  }

  @Test
  void oneThatFailsDoesNotKeepTheOthersFromComing() throws InterruptedException {
    var ask =
        scheme.each(
            "pages", List.of(acme.page("BTC", 1), acme.page("refused", 2), acme.page("BTC", 3)));

    try (var run = runner.start(scheme)) {
      var results = run.results(ask);
      assertThat(results.next().orThrow()).isEqualTo("page BTC 1!");
      assertThat(results.next())
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.failure()).isInstanceOf(Failure.Refused.class));
      assertThat(results.next().orThrow()).isEqualTo("page BTC 3!");
    }
  }

  @Test
  void whatAllHaveTakenIsLetGo() throws InterruptedException {
    var given = new ConcurrentHashMap<Integer, WeakReference<byte[]>>();
    Heavy heavy = Turns.implement(Heavy.class, "acme.heavy", (_, _) -> given);
    var pages = IntStream.range(0, 200).mapToObj(heavy::page).toList();
    var one = scheme.each("one", pages);
    var other = scheme.each("other", pages);

    try (var run = runner.start(scheme, RunOptions.standard().ahead(10))) {
      assertThat(sizes(run.results(one), 100)).isEqualTo(100);
      System.gc();
      assertThat(held(given)).isGreaterThanOrEqualTo(100); // for the other
      assertThat(sizes(run.results(other), 100)).isEqualTo(100);
      System.gc();
      assertThat(held(given)).isLessThan(60);
    }
  }

  private static int sizes(Results<byte[]> results, int count) throws InterruptedException {
    int size = 0;
    for (int i = 0; i < count; i++) size += results.next().orThrow().length;
    return size;
  }

  private static long held(ConcurrentHashMap<Integer, WeakReference<byte[]>> given) {
    return given.values().stream().filter(reference -> reference.get() != null).count();
  }

  interface Heavy {
    ConcurrentHashMap<Integer, WeakReference<byte[]>> given();

    @TurnExecution
    default Turn<byte[]> page(int number) {
      return Turn.of(new Load(number, given()));
    }
  }

  record Load(int number, ConcurrentHashMap<Integer, WeakReference<byte[]>> given)
      implements Act<Integer, byte[]> {
    @Override
    public Description describe(Call<?> call) {
      return Description.of("load " + number);
    }

    @Override
    public Integer perform(Call<?> call) {
      return number;
    }

    @Override
    public byte[] read(Integer answer) {
      var value = new byte[1];
      given.put(answer, new WeakReference<>(value));
      return value;
    }
  }

  @Test
  void whatWasLetGoAndIsCalledOnceMoreIsRememberedOrMadeAgainInTheOpen()
      throws InterruptedException {
    outside.repeatable("page BTC 0");
    var ask = scheme.each("pages", pages(0, 100));

    try (var run = runner.start(scheme)) {
      all(run.results(ask));
      assertThat(run.submit("new", acme.page("BTC", 99)).await()).isEqualTo("page BTC 99!");
      assertThat(run.analyze().repeated()).isZero();
      assertThat(run.submit("old", acme.page("BTC", 0)).await()).isEqualTo("page BTC 0!");
      assertThat(run.analyze().repeated()).isEqualTo(1);
    }
  }

  @Test
  void whatIsRememberedWhenItIsCalledOnceMoreIsKeptFromThenOn() throws InterruptedException {
    var ask = scheme.each("pages", pages(0, 100));

    try (var run = runner.start(scheme)) {
      all(run.results(ask));
      assertThat(run.submit("new", acme.page("BTC", 99)).await()).isEqualTo("page BTC 99!");
      all(run.submitEach("more", pages(100, 200)));
      assertThat(run.submit("later", acme.page("BTC", 99)).await()).isEqualTo("page BTC 99!");
      assertThat(run.analyze().repeated()).isZero();
    }
    assertThat(outside.total()).isEqualTo(200);
  }

  @Test
  void aSequenceThatIsCancelledInterruptsWhatOnlyItWanted() throws InterruptedException {
    outside.hold("page BTC 1").hold("page BTC 2");
    var ask = scheme.each("pages", List.of(acme.page("BTC", 1), acme.page("BTC", 2)));
    var other = scheme.ask("other", acme.page("BTC", 2));

    try (var run = runner.start(scheme)) {
      outside.awaitBegun("page BTC 1");
      outside.awaitBegun("page BTC 2");
      run.results(ask).cancel();
      assertThat(run.results(ask).next()).isInstanceOf(Outcome.Failed.class);
      outside.release("page BTC 2");
      assertThat(run.result(other).await()).isEqualTo("page BTC 2!");
    }
    assertThat(outside.interrupted).hasValue(1);
  }

  @Test
  void aSequenceMayBeSubmittedToARunAndJoinsWhatItHas() throws InterruptedException {
    var ask = scheme.ask("first", Turn.all(pages(0, 10)));

    try (var run = runner.start(scheme)) {
      run.result(ask).await();
      assertThat(all(run.submitEach("second", pages(5, 15)))).hasSize(10);
    }
    assertThat(outside.total()).isEqualTo(15);
  }

  @Test
  void whatIsSubmittedAfterTheEndIsCancelled() {
    var run = runner.start(scheme);
    run.close();

    assertThatThrownBy(() -> run.submit("late", acme.page("BTC", 1)).await())
        .isInstanceOf(Failure.Cancelled.class);
    assertThat(outside.asked).isEmpty();
  }

  @Test
  void anObserverSeesEachCallGoAndCome() throws InterruptedException {
    var started = new AtomicInteger();
    var ended = new AtomicInteger();
    var failed = new AtomicInteger();
    var ask = scheme.each("pages", List.of(acme.page("BTC", 1), acme.page("refused", 1)));
    var observer =
        new TurnObserver() {
          @Override
          public void started(Call<?> call) {
            started.incrementAndGet();
          }

          @Override
          public void ended(Call<?> call, java.util.Optional<Failure> failure) {
            ended.incrementAndGet();
            if (failure.isPresent()) failed.incrementAndGet();
          }
        };

    var run = runner.start(scheme, RunOptions.standard().observed(observer));
    run.results(ask).next();
    run.results(ask).next();
    run.close();

    assertThat(started).hasValue(2);
    assertThat(ended).hasValue(2);
    assertThat(failed).hasValue(1);
  }
}
