package io.tradeflood.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is told before and after a run. */
class ExplanationTest {
  private final Outside outside = new Outside();
  private final Acme acme = Acme.of(outside);
  private final TurnScheme scheme = new TurnScheme();

  @Test
  void theTextIsMadeForPeople() {
    var pages = IntStream.range(0, 1_054).mapToObj(i -> acme.page("BTC", i)).toList();
    scheme.each("BTC/USDT candle 1m", pages);
    scheme.ask("again", Turn.all(pages.subList(1_050, 1_054)));
    scheme.ask("walk", acme.at(Instant.EPOCH).then(_ -> acme.page("BTC", 1)));
    scheme.ask("edge", acme.of("x", acme.at(Instant.EPOCH)));
    scheme.note("book of last year", "cannot be had: a book is had now only");

    assertThat(scheme.explain(64, Duration.ofMillis(100)))
        .hasToString(
            """
            plan: 1,056 calls instead of 1,061, about 1 min 17 s
            asked by
              BTC/USDT candle 1m  1,054 calls
              again               4 calls
              walk                1 call, goes on
              edge                2 calls
              book of last year   0 calls
                                  cannot be had: a book is had now only
            calls
              #1 to #1050, 1,050 calls  acme.rest.page(BTC, 0)
                                        ... acme.rest.page(BTC, 1049)
                                        GET /page/BTC/0
                                        ... GET /page/BTC/1049
                                        acme.page, direct, 2 each of acme.rest weight
                                        for BTC/USDT candle 1m
              #1051 to #1054, 4 calls   acme.rest.page(BTC, 1050)
                                        ... acme.rest.page(BTC, 1053)
                                        GET /page/BTC/1050
                                        ... GET /page/BTC/1053
                                        acme.page, direct, 2 each of acme.rest weight
                                        for BTC/USDT candle 1m, again
              #1055                     acme.rest.at(1970-01-01T00:00:00Z)
                                        GET /at/1970-01-01T00:00:00Z
                                        acme.at, direct, 1 of acme.rest weight
                                        for walk, edge
              #1056                     acme.rest.of(x, acme.rest.at(1970-01-01T00:00:00Z))
                                        goes on with what it needs
                                        after #1055
                                        for edge
            limits
              acme.rest weight  2,109 instead of 2,118, of 1,200 in 1 min, about 1 min 15 s
            """);
  }

  @Test
  void theComponentsSayTheSameToPrograms() {
    scheme.ask("one", Turn.inOrder(List.of(acme.page("BTC", 1), acme.page("BTC", 2))));
    scheme.ask("two", acme.page("BTC", 2));

    var explanation = scheme.explain();

    assertThat(explanation.naiveCalls()).isEqualTo(3);
    assertThat(explanation.calls())
        .extracting(
            Explanation.Planned::text, Explanation.Planned::askers, Explanation.Planned::needs)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "acme.rest.page(BTC, 1)", List.of("one"), List.of()),
            org.assertj.core.groups.Tuple.tuple(
                "acme.rest.page(BTC, 2)", List.of("one", "two"), List.of(1)));
    assertThat(explanation.limits())
        .containsExactly(
            new Explanation.Total(
                Outside.LIMIT, 4, 6, 1_200, Duration.ofMinutes(1), Duration.ZERO));
  }

  @Test
  void connectionsAreToldOfAllSubscriptionsTogether() {
    for (var symbol : List.of("BTC", "ETH", "SOL", "BTC")) scheme.ask("all", acme.feed(symbol));

    var explanation = scheme.explain(64, Duration.ofMillis(100));

    assertThat(explanation.expected()).isEqualTo(Duration.ofMillis(1_600));
    assertThat(explanation.toString())
        .endsWith(
            """
            connections
              acme.stream, direct: 3 subscriptions by 1 connection, 3 messages, about 1.5 s
                subscriptions on one  3, of 100
                messages              3, of 2 in 1 s, about 1.5 s
                cannot all be had: acme has had enough
            """);
  }

  @Test
  void whatWillFailIsToldBefore() {
    scheme.ask("nested", acme.nested());

    assertThat(scheme.explain().calls().getFirst().problem())
        .hasValueSatisfying(problem -> assertThat(problem).contains("an endpoint is a leaf"));
  }

  @Test
  void theAnalysisTellsWhatHappened() throws InterruptedException {
    var fixed = InstantSource.fixed(Instant.EPOCH);
    var ask = scheme.ask("asker", acme.page("BTC", 1));
    var refused = scheme.ask("refused", acme.page("refused", 1));

    try (var runner = new TurnRunner(fixed);
        var run = runner.start(scheme)) {
      run.result(ask).outcome();
      run.result(refused).outcome();
      assertThat(run.analyze())
          .hasToString(
              """
              ran: 2 calls in 0 ms, 1 failed
                reached  waited  took  end      call
                0 ms     0 ms    0 ms  value    acme.rest.page(BTC, 1) for asker
                0 ms     0 ms    0 ms  failure  acme.rest.page(refused, 1) for refused: GET page refused 1 was refused: no such thing
              """);
    }
  }

  @Test
  void theAnalysisTellsWhichCallsWentOnByAnotherWay() throws InterruptedException {
    outside.hold("page moved 1");
    var other = new TurnScheme();
    var ask = scheme.ask("asker", acme.page("moved", 1));
    var straight = scheme.ask("asker", acme.page("BTC", 1));
    var joins = other.ask("other", acme.page("moved", 1));

    try (var runner = new TurnRunner(InstantSource.fixed(Instant.EPOCH));
        var run = runner.start(scheme)) {
      outside.awaitBegun("page moved 1");
      // Told while it is still out, and to who joins it.
      assertThat(moves(run)).contains(List.of(new Move("first", "second", "it was shut")));
      try (var joining = runner.start(other)) {
        outside.release("page moved 1");
        joining.result(joins).outcome();
        assertThat(moves(joining))
            .containsExactly(List.of(new Move("first", "second", "it was shut")));
      }
      run.result(ask).outcome();
      run.result(straight).outcome();
      assertThat(run.analyze())
          .hasToString(
              """
              ran: 2 calls in 0 ms, 1 moved to another way
                reached  waited  took  end    call
                0 ms     0 ms    0 ms  value  acme.rest.page(BTC, 1) for asker
                0 ms     0 ms    0 ms  value  acme.rest.page(moved, 1) for asker
                                              moved from first to second: it was shut
              """);
    }
  }

  private static List<List<Move>> moves(TurnRun run) {
    return run.analyze().calls().stream().map(Analysis.Made::moves).toList();
  }
}
