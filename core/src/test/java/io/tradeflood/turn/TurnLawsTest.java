package io.tradeflood.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The laws of the Turn, each by its sentence; that of pages is kept where pages are. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TurnLawsTest {
  private final Outside outside = new Outside();
  private final Acme acme = Acme.of(outside);
  private final TurnScheme scheme = new TurnScheme();
  private final TurnRunner runner = new TurnRunner();

  @AfterEach
  void close() {
    runner.close();
  }

  private <T> T run(Turn<T> turn) throws InterruptedException {
    var one = new TurnScheme();
    var ask = one.ask("asker", turn);
    try (var run = runner.start(one)) {
      return run.result(ask).await();
    }
  }

  // 1. A call is written down, not run. Planning does no I/O.

  @Test
  void aCallIsWrittenDownNotRun() throws InterruptedException {
    var call = acme.page("BTC", 1);

    assertThat(call).hasToString("acme.rest.page(BTC, 1)");
    assertThat(outside.asked).isEmpty();
    assertThat(run(call)).isEqualTo("page BTC 1!");
  }

  @Test
  void planningDoesNoInputOrOutput() {
    scheme.ask("one", acme.page("BTC", 1).then(_ -> acme.page("BTC", 2)));
    scheme.ask("other", acme.of("BTC", acme.page("BTC", 1)));

    assertThat(scheme.explain().calls()).hasSize(2);
    assertThat(outside.asked).isEmpty();
  }

  // 2. A call is its connector, its method and its arguments, canonically.

  @Test
  void aCallIsItsConnectorItsMethodAndItsArguments() {
    assertThat(acme.page("BTC", 1))
        .isEqualTo(acme.page("BTC", 1))
        .hasSameHashCodeAs(acme.page("BTC", 1))
        .isEqualTo(Acme.of(new Outside()).page("BTC", 1))
        .isNotEqualTo(acme.page("BTC", 2))
        .isNotEqualTo(acme.ticker("BTC"))
        .isNotEqualTo(Acme.of(outside, "other.rest").page("BTC", 1));
  }

  @Test
  void theSameMeaningIsTheSameKey() {
    assertThat(acme.sized(new BigDecimal("1.0")))
        .isEqualTo(acme.sized(new BigDecimal("1.00")))
        .hasToString("acme.rest.sized(1)");
    assertThat(acme.sized(new BigDecimal("1E+2"))).hasToString("acme.rest.sized(100)");
    var symbols = new ArrayList<>(List.of("BTC", "ETH"));
    var call = acme.many(symbols, Map.of("b", 2, "a", 1, "c", 3));
    symbols.add("XRP");
    assertThat(call)
        .isEqualTo(acme.many(List.of("BTC", "ETH"), Map.of("c", 3, "a", 1, "b", 2)))
        .hasToString("acme.rest.many([BTC, ETH], {a=1, b=2, c=3})");
  }

  @Test
  void argumentsThatAreNotValuesAreRefusedWhenTheCallIsWritten() {
    assertThatThrownBy(() -> acme.bars("BTC"))
        .hasMessage(
            "An argument of an endpoint must be a value, but argument 1 (symbols) is an array,"
                + " which never equals another: pass a List for method Acme.bars");
    Runnable lambda = () -> {};
    assertThatThrownBy(() -> acme.anything(lambda))
        .hasMessageContaining("argument 1 (thing) is a lambda")
        .hasMessageContaining("Acme.anything");
    assertThatThrownBy(() -> acme.anything(null)).hasMessageContaining("is null");
    assertThatThrownBy(() -> acme.anything(new StringBuilder()))
        .hasMessageContaining("equals nothing but itself");
    assertThatThrownBy(() -> acme.anything(List.of(new int[1]))).hasMessageContaining("an array");
  }

  // 3. Turns among the arguments are the edges of the graph; equal calls over equal edges are one.

  @Test
  void turnsAmongTheArgumentsAreTheEdgesOfTheGraph() throws InterruptedException {
    scheme.ask("one", acme.of("BTC", acme.page("BTC", 1)));

    var calls = scheme.explain().calls();

    assertThat(calls).extracting(Explanation.Planned::number).containsExactly(1, 2);
    assertThat(calls.getLast().needs()).containsExactly(1);
    assertThat(run(acme.of("BTC", acme.page("BTC", 1)))).isEqualTo("of BTC page BTC 1!!");
  }

  @Test
  void equalCallsOverEqualEdgesAreOne() throws InterruptedException {
    var one = acme.of("BTC", acme.page("BTC", 1));
    var other = acme.of("BTC", acme.page("BTC", 1));

    assertThat(one).isEqualTo(other);
    assertThat(run(Turn.all(List.of(one, other)))).hasSize(2);
    assertThat(outside.total()).isEqualTo(2);
  }

  // 4. An endpoint is a leaf: no endpoint may be called inside another.

  @Test
  void anEndpointIsALeaf() {
    assertThatThrownBy(() -> run(acme.nested()))
        .isInstanceOf(Failure.Bug.class)
        .hasMessageContaining("Acme.page was called inside the endpoint Acme.nested")
        .hasMessageContaining("compose calls in a method without @TurnExecution");
    assertThatThrownBy(() -> run(acme.nestedLater()))
        .isInstanceOf(Failure.Bug.class)
        .hasMessageContaining("Acme.page was called inside the endpoint Acme.nestedLater");
    assertThat(outside.asked).doesNotContainKey("page BTC 1");
  }

  @Test
  void aCallSmuggledIntoAnEndpointIsRefusedToo() {
    var smuggled = acme.page("BTC", 1);
    Smuggler smuggler = Turns.implement(Smuggler.class, "acme.smuggler", (_, _) -> smuggled);

    assertThatThrownBy(() -> run(smuggler.through()))
        .isInstanceOf(Failure.Bug.class)
        .hasMessageContaining("an endpoint is a leaf");
    assertThat(outside.asked).isEmpty();
  }

  interface Smuggler {
    Turn<String> smuggled();

    @TurnExecution
    default Turn<String> through() {
      return smuggled();
    }
  }

  // 5. In one run an identical READ is dispatched at most once; calls found late join too.

  @Test
  void inOneRunAnIdenticalReadIsDispatchedAtMostOnce() throws InterruptedException {
    var pages = IntStream.range(0, 1_000).mapToObj(i -> acme.page("BTC", i % 10)).toList();
    var one = scheme.ask("one", Turn.all(pages));
    var other = scheme.ask("other", Turn.inOrder(pages));

    try (var run = runner.start(scheme)) {
      assertThat(run.result(one).await()).isEqualTo(run.result(other).await());
      assertThat(run.submit("late", acme.page("BTC", 3)).await()).isEqualTo("page BTC 3!");
    }
    assertThat(outside.total()).isEqualTo(10);
  }

  @Test
  void callsFoundLateJoinToo() throws InterruptedException {
    var walk = scheme.ask("walk", walk(0));
    var planned = scheme.ask("planned", acme.page("BTC", 3));

    try (var run = runner.start(scheme)) {
      assertThat(run.result(walk).await()).isEqualTo(5);
      assertThat(run.result(planned).await()).isEqualTo("page BTC 3!");
      assertThat(run.progress()).isEqualTo(new Progress(5, 5, 0));
    }
    assertThat(outside.total()).isEqualTo(5);
  }

  private Turn<Integer> walk(int page) {
    return acme.page("BTC", page).then(_ -> page == 4 ? Turn.now(5) : walk(page + 1));
  }

  // 6. Across runs, identical in-flight READs join. The last one to leave cancels it.

  @Test
  void acrossRunsIdenticalInFlightReadsJoin() throws InterruptedException {
    outside.hold("page BTC 1");
    var ask = scheme.ask("asker", acme.page("BTC", 1));

    try (var one = runner.start(scheme);
        var other = runner.start(scheme)) {
      outside.awaitBegun("page BTC 1");
      outside.release("page BTC 1");
      assertThat(one.result(ask).await()).isEqualTo("page BTC 1!");
      assertThat(other.result(ask).await()).isEqualTo("page BTC 1!");
    }
    assertThat(outside.total()).isEqualTo(1);
  }

  @Test
  void oneJoinerLeavingNeverCancelsItForTheOthers() throws InterruptedException {
    outside.hold("page BTC 1");
    var ask = scheme.ask("asker", acme.page("BTC", 1));

    try (var other = runner.start(scheme)) {
      try (var one = runner.start(scheme)) {
        outside.awaitBegun("page BTC 1");
        one.cancel();
        assertThatThrownBy(() -> one.result(ask).await()).isInstanceOf(Failure.Cancelled.class);
      }
      outside.release("page BTC 1");
      assertThat(other.result(ask).await()).isEqualTo("page BTC 1!");
    }
    assertThat(outside.interrupted).hasValue(0);
  }

  @Test
  void theLastJoinerToLeaveCancelsIt() throws InterruptedException {
    outside.hold("page BTC 1").repeatable("page BTC 1");
    scheme.ask("asker", acme.page("BTC", 1));

    try (var one = runner.start(scheme);
        var other = runner.start(scheme)) {
      outside.awaitBegun("page BTC 1");
      one.close();
      assertThat(outside.interrupted).hasValue(0);
      other.close();
      assertThat(outside.interrupted).hasValue(1);
    }
    assertThat(outside.total()).isEqualTo(1);
  }

  // 7. READ (dedup, any order), SUBSCRIBE (shared, counted), WRITE (never dedup, program order).

  @Test
  void aSubscriptionIsSharedAndCounted() throws InterruptedException {
    var one = scheme.ask("one", acme.feed("BTC"));
    var two = scheme.ask("two", acme.feed("BTC"));

    try (var other = runner.start(scheme)) {
      var first = runner.start(scheme);
      var feed = first.result(one).await();
      assertThat(first.result(two).await()).isSameAs(feed);
      assertThat(other.result(one).await()).isSameAs(feed);
      assertThat(outside.total()).isEqualTo(1);

      first.close();
      assertThat(feed.closed).hasValue(0);
      other.result(one).cancel();
      assertThat(feed.closed).hasValue(0);
      other.result(two).cancel();
      assertThat(feed.closed).hasValue(1);
      assertThat(other.submit("again", acme.feed("BTC")).await()).isNotSameAs(feed);
    }
    assertThat(outside.total()).isEqualTo(2);
  }

  @Test
  void aWriteIsNeverMerged() throws InterruptedException {
    outside.repeatable("order BTC");
    var order = acme.order("BTC");

    assertThat(order).isNotEqualTo(acme.order("BTC"));
    run(Turn.all(List.of(order, acme.order("BTC"), acme.order("BTC"))));
    assertThat(outside.asked).containsEntry("order BTC", 3);
  }

  @Test
  void writesKeepTheOrderOfTheProgram() throws InterruptedException {
    outside.hold("order 0");
    var orders = IntStream.range(0, 20).mapToObj(i -> acme.order("" + i)).toList();
    var first = scheme.ask("first", Turn.all(orders.subList(0, 10)));
    var second = scheme.ask("second", Turn.all(orders.subList(10, 20)));
    var begun = new ArrayList<String>();
    var watched =
        RunOptions.standard()
            .observed(
                new TurnObserver() {
                  @Override
                  public synchronized void started(Call<?> call) {
                    begun.add(call.arguments().getFirst().toString());
                  }
                });

    try (var run = runner.start(scheme, watched)) {
      outside.awaitBegun("order 0");
      assertThat(outside.total()).isEqualTo(1);
      outside.release("order 0");
      run.result(first).await();
      run.result(second).await();
    }
    assertThat(begun)
        .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(Integer::toString).toList());
  }

  @Test
  void aWriteThatFailsDoesNotKeepTheNextFromBeingMade() throws InterruptedException {
    var refused = scheme.ask("refused", acme.order("refused"));
    var next = scheme.ask("next", acme.order("BTC"));

    try (var run = runner.start(scheme)) {
      assertThatThrownBy(() -> run.result(refused).await()).isInstanceOf(Failure.Refused.class);
      assertThat(run.result(next).await()).isEqualTo("order BTC!");
    }
  }

  // 8. Everything independent runs at once, on virtual threads.

  @Test
  void everythingIndependentRunsAtOnce() throws InterruptedException {
    var all = new CountDownLatch(1_000);
    Together together = Turns.implement(Together.class, "acme.together", (_, _) -> all);
    var calls = IntStream.range(0, 1_000).mapToObj(together::meet).toList();

    assertThat(run(Turn.all(calls))).containsOnly(true);
  }

  interface Together {
    CountDownLatch all();

    @TurnExecution
    default Turn<Boolean> meet(int number) {
      return Turn.of(new Meet(all()));
    }
  }

  /** Ends only when all others have begun. */
  record Meet(CountDownLatch all) implements Act<Boolean, Boolean> {
    @Override
    public Description describe(Call<?> call) {
      return Description.of("meet");
    }

    @Override
    public Boolean perform(Call<?> call) throws InterruptedException {
      all.countDown();
      all.await();
      return Thread.currentThread().isVirtual();
    }

    @Override
    public Boolean read(Boolean virtual) {
      return virtual;
    }
  }

  // 9. Every planned call completes: value, failure or cancellation; never a hang.

  @Test
  void everyPlannedCallCompletes() throws InterruptedException {
    outside.hold("page held 1");
    var value = scheme.ask("value", acme.page("BTC", 1));
    var failure = scheme.ask("failure", acme.page("refused", 1));
    var cancelled = scheme.ask("cancelled", acme.page("held", 1));

    var run = runner.start(scheme);
    outside.awaitBegun("page held 1");
    run.result(value).await();
    assertThatThrownBy(() -> run.result(failure).await()).isInstanceOf(Failure.Refused.class);
    run.close();

    assertThatThrownBy(() -> run.result(cancelled).await())
        .isInstanceOf(Failure.Cancelled.class)
        .hasMessage("cancelled was cancelled");
    assertThat(run.analyze().calls())
        .extracting(Analysis.Made::end)
        .containsExactlyInAnyOrder(
            Analysis.End.VALUE, Analysis.End.FAILURE, Analysis.End.CANCELLED);
  }

  @Test
  void anUnansweredCallIsANamedFailureNeverAHang() {
    var self = new ArrayList<Turn<String>>();
    self.add(acme.of("itself", Turn.now(0).then(_ -> self.getFirst())));

    assertThatThrownBy(() -> run(self.getFirst()))
        .isInstanceOf(Failure.Bug.class)
        .hasMessageContaining("asker waits for itself");
  }

  @Test
  void aStepOrAnAnswerThatIsNothingIsANamedFailure() {
    assertThatThrownBy(() -> run(acme.page("BTC", 1).map(_ -> null)))
        .isInstanceOf(Failure.Bug.class)
        .hasMessageContaining("gave null")
        .hasMessageContaining("acme.rest.page(BTC, 1)");
  }

  // 10. A failure belongs to its call and its dependants; it names the call, arguments and line.

  @Test
  void aFailureNamesTheCallItsArgumentsAndTheLineThatPlannedIt() {
    var failure =
        catchThrowableOfType(
            Failure.Refused.class, () -> run(acme.page("refused", 7).map(String::length)));

    assertThat(failure.call()).contains((Call<?>) acme.page("refused", 7));
    assertThat(failure.site())
        .hasValueSatisfying(s -> assertThat(s).matches("TurnLawsTest.java:\\d+"));
    assertThat(failure)
        .hasMessage(
            "GET page refused 7 was refused: no such thing (in acme.rest.page(refused, 7), planned at "
                + failure.site().orElseThrow()
                + ")");
    assertThat(failure.reason()).isEqualTo("GET page refused 7 was refused: no such thing");
  }

  @Test
  void aFailureBelongsToItsCallAndItsDependantsAndTheOthersFinish() throws InterruptedException {
    var dependant = scheme.ask("dependant", acme.of("x", acme.page("refused", 1)));
    var list = scheme.ask("list", Turn.all(List.of(acme.page("BTC", 1), acme.page("refused", 1))));
    var other = scheme.ask("other", acme.page("BTC", 1));

    try (var run = runner.start(scheme)) {
      for (var ask : List.of(dependant, list))
        assertThatThrownBy(() -> run.result(ask).await())
            .isInstanceOf(Failure.Refused.class)
            .hasMessageContaining("acme.rest.page(refused, 1)");
      assertThat(run.result(other).await()).isEqualTo("page BTC 1!");
    }
  }

  @Test
  void aStepMayRecoverFromAFailure() throws InterruptedException {
    assertThat(run(acme.page("refused", 1).recover(failure -> acme.page("instead", 1))))
        .isEqualTo("page instead 1!");
    assertThatThrownBy(
            () ->
                run(
                    acme.page("refused", 2)
                        .recover(
                            failure -> {
                              throw failure;
                            })))
        .isInstanceOf(Failure.Refused.class);
  }

  // 11. A run ends: nothing outlives it, cancelling interrupts what it started.

  @Test
  void nothingOutlivesARunAndCancellingInterruptsWhatItStarted() {
    var calls = IntStream.range(0, 50).mapToObj(i -> acme.page("held", i)).toList();
    IntStream.range(0, 50).forEach(i -> outside.hold("page held " + i));
    scheme.ask("asker", Turn.all(calls));

    try (var run = runner.start(scheme, RunOptions.standard().parallelism(20))) {
      IntStream.range(0, 20)
          .forEach(
              i -> {
                try {
                  outside.awaitBegun("page held " + i);
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
    }
    assertThat(outside.interrupted).hasValue(20);
    assertThat(outside.total()).isEqualTo(20);
  }

  @Test
  void whatTakesTooLongIsLate() {
    outside.hold("page held 1");
    var ask = scheme.ask("asker", acme.page("held", 1));

    try (var run = runner.start(scheme, RunOptions.standard().within(Duration.ofMillis(20)))) {
      assertThatThrownBy(() -> run.result(ask).await())
          .isInstanceOf(Failure.Late.class)
          .hasMessageContaining("asker had no answer within PT0.02S");
    }
    assertThat(outside.interrupted).hasValue(outside.total());
  }

  @Test
  void anAskerThatLeavesCancelsOnlyWhatNobodyElseWants() throws InterruptedException {
    outside.hold("page mine 1").hold("page ours 1");
    var one = scheme.ask("one", Turn.all(List.of(acme.page("mine", 1), acme.page("ours", 1))));
    var other = scheme.ask("other", acme.of("x", acme.page("ours", 1)));

    try (var run = runner.start(scheme)) {
      outside.awaitBegun("page mine 1");
      outside.awaitBegun("page ours 1");
      run.result(one).cancel();
      assertThatThrownBy(() -> run.result(one).await()).isInstanceOf(Failure.Cancelled.class);
      outside.release("page ours 1");
      assertThat(run.result(other).await()).isEqualTo("of x page ours 1!!");
    }
    assertThat(outside.interrupted).hasValue(1);
  }

  @Test
  void howeverLongTheChainTheStackStaysFlat() throws InterruptedException {
    Turn<Integer> sum = Turn.now(0);
    for (int i = 0; i < 1_000_000; i++) sum = sum.map(n -> n + 1);

    assertThat(run(sum)).isEqualTo(1_000_000);
    assertThat(run(count(0))).isEqualTo(1_000_000);
    assertThat(sum.hashCode()).isEqualTo(sum.hashCode());
  }

  private static Turn<Integer> count(int from) {
    return Turn.now(from).then(n -> n == 1_000_000 ? Turn.now(n) : count(n + 1));
  }

  // 13. A batch endpoint answers N single calls when that costs less.

  @Test
  void aBatchAnswersSingleCallsWhenThatCostsLess() throws InterruptedException {
    var eleven = scheme.ask("eleven", Turn.all(tickers(11)));

    assertThat(scheme.explain().calls()).hasSize(1);
    try (var run = runner.start(scheme)) {
      assertThat(run.result(eleven).await()).hasSize(11).endsWith("10 of tickers!");
    }
    assertThat(outside.asked).containsOnlyKeys("tickers");
  }

  @Test
  void aBatchOfEqualCostIsOneCallInsteadOfMany() {
    scheme.ask("ten", Turn.all(tickers(10)));

    assertThat(scheme.explain().calls()).hasSize(1);
  }

  @Test
  void aBatchThatCostsMoreIsNotMade() throws InterruptedException {
    assertThat(run(Turn.all(tickers(9)))).hasSize(9).endsWith("ticker 8!");
    assertThat(outside.asked).hasSize(9).doesNotContainKey("tickers");
  }

  @Test
  void singleCallsThatSomebodyNeedsAnywayDoNotCount() {
    scheme.ask("eleven", Turn.all(tickers(11)));
    scheme.ask("two", Turn.all(List.of(acme.ticker("0"), acme.ticker("1"))));

    assertThat(scheme.explain().calls()).hasSize(11);
  }

  @Test
  void extraAnswersFillOtherPlannedCalls() throws InterruptedException {
    var all = scheme.ask("all", acme.tickers());
    var one = scheme.ask("one", tickers(1).getFirst());

    try (var run = runner.start(scheme)) {
      assertThat(run.result(all).await()).isEqualTo("tickers!");
      assertThat(run.result(one).await()).isEqualTo("0 of tickers!");
      var late = run.submit("late", acme.page("BTC", 1).then(_ -> tickers(1).getFirst()));
      assertThat(late.await()).isEqualTo("0 of tickers!");
    }
    assertThat(outside.asked).containsOnlyKeys("tickers", "page BTC 1");
  }

  private List<Turn<String>> tickers(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> acme.ticker("" + i).orFrom(acme.tickers(), tickers -> i + " of " + tickers))
        .toList();
  }

  // 14. Same request, same plan, same text.

  @Test
  void sameRequestSamePlanSameText() {
    var one = new TurnScheme();
    var other = new TurnScheme();
    for (var each : List.of(one, other)) {
      var connector = Acme.of(outside);
      each.ask("pages", Turn.all(tickers(20)).map(List::size));
      each.ask("set", connector.anything(new java.util.HashSet<>(List.of("b", "a", "c"))));
      each.ask("deep", connector.of("x", connector.page("BTC", 1).map(String::trim)));
    }

    assertThat(one.explain()).isEqualTo(other.explain());
    assertThat(one.explain()).hasToString(other.explain().toString());
  }

  // 15. The tenant (credentials) is part of the key.

  @Test
  void theTenantIsPartOfTheKey() throws InterruptedException {
    record Owner(String connector, String tenant) {}
    outside.repeatable("page BTC 1");
    var one = Acme.of(outside, new Owner("acme.rest", "one")).page("BTC", 1);
    var other = Acme.of(outside, new Owner("acme.rest", "other")).page("BTC", 1);

    assertThat(one).isNotEqualTo(other);
    run(Turn.all(List.of(one, other)));
    assertThat(outside.total()).isEqualTo(2);
  }

  // 16. A run can be recorded and replayed without network.

  @Test
  void aRunCanBeRecordedAndReplayedWithoutNetwork() throws InterruptedException {
    var one = scheme.ask("one", walk(0));
    var refused = scheme.ask("refused", acme.page("refused", 1));
    var recording = new Recording();
    try (var run = runner.start(scheme, RunOptions.standard().recording(recording))) {
      run.result(one).await();
      assertThatThrownBy(() -> run.result(refused).await()).isInstanceOf(Failure.Refused.class);
    }

    var replay = Recording.of(recording.answers());
    try (var run = runner.start(scheme, RunOptions.standard().replaying(replay))) {
      assertThat(run.result(one).await()).isEqualTo(5);
      assertThatThrownBy(() -> run.result(refused).await()).isInstanceOf(Failure.Refused.class);
      assertThatThrownBy(() -> run.submit("new", acme.page("ETH", 1)).await())
          .isInstanceOf(Failure.Unsupported.class)
          .hasMessageContaining("acme.rest.page(ETH, 1) is not in the recording");
    }
    assertThat(recording.answers())
        .containsEntry("acme.rest.page(BTC, 0)", "page BTC 0")
        .hasSize(6);
    assertThat(outside.total()).isEqualTo(6);
  }
}
