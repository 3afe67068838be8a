package io.tradeflood.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Merging changes what a request costs, never what it gives. */
class MergePropertiesTest {

  /** A turn as data, so that it can be planned and also be worked off naively. */
  sealed interface Shape {}

  record Page(String symbol, int number) implements Shape {}

  record Ticker(String symbol) implements Shape {}

  record Tickers() implements Shape {}

  record Of(String key, Shape first) implements Shape {}

  record Now(int value) implements Shape {}

  record All(List<Shape> shapes, boolean ordered) implements Shape {}

  record Mapped(Shape shape) implements Shape {}

  record Then(Shape shape, List<Shape> choices) implements Shape {}

  record Recovered(Shape shape, Shape instead) implements Shape {}

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void thePlannedResultIsTheNaiveResultAtNoMoreCalls(
      @ForAll("failing") List<Shape> requests, @ForAll boolean inSequence)
      throws InterruptedException {
    check(requests, inSequence);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void batchesGiveTheNaiveResultAtNoMoreCallsAndNoMoreWeight(
      @ForAll("batched") List<Shape> requests, @ForAll boolean inSequence)
      throws InterruptedException {
    check(requests, inSequence);
  }

  private static void check(List<Shape> requests, boolean inSequence) throws InterruptedException {
    var naive = new Naive();
    var expected = requests.stream().map(naive::result).toList();
    var outside = new Outside();

    var results = run(Acme.of(outside), requests, inSequence);

    assertThat(results).isEqualTo(expected);
    assertThat(outside.asked.values()).allMatch(times -> times == 1);
    assertThat(outside.total()).isLessThanOrEqualTo(naive.calls);
    assertThat(weight(outside)).isLessThanOrEqualTo(naive.weight);
  }

  private static List<Optional<Object>> run(Acme acme, List<Shape> requests, boolean inSequence)
      throws InterruptedException {
    var scheme = new TurnScheme();
    var results = new ArrayList<Optional<Object>>();
    try (var runner = new TurnRunner()) {
      if (inSequence) {
        var turns = requests.stream().map(shape -> turn(acme, shape)).toList();
        var ask = scheme.each("sequence", turns);
        try (var run = runner.start(scheme, RunOptions.standard().ahead(2))) {
          var all = run.results(ask);
          while (all.hasNext()) results.add(value(all.next()));
        }
        return results;
      }
      var asks = new ArrayList<Ask.One<Object>>();
      for (var shape : requests) asks.add(scheme.ask("asker", turn(acme, shape)));
      try (var run = runner.start(scheme)) {
        for (var ask : asks) results.add(value(run.result(ask).outcome()));
      }
    }
    return results;
  }

  private static Optional<Object> value(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Value<?>(var value) -> Optional.of(value);
      case Outcome.Failed<?>(Failure.Refused _) -> Optional.empty();
      case Outcome.Failed<?>(var failure) -> throw failure;
    };
  }

  private static int weight(Outside outside) {
    return outside.asked.keySet().stream().mapToInt(MergePropertiesTest::weight).sum();
  }

  private static int weight(String what) {
    if (what.startsWith("page")) return 2;
    if (what.startsWith("tickers")) return 40;
    return what.startsWith("ticker") ? 4 : 1;
  }

  private static Turn<Object> turn(Acme acme, Shape shape) {
    return switch (shape) {
      case Page(var symbol, var number) -> acme.page(symbol, number).map(v -> v);
      case Ticker(var symbol) ->
          acme.ticker(symbol).orFrom(acme.tickers(), _ -> "ticker " + symbol + "!").map(v -> v);
      case Tickers() -> acme.tickers().map(v -> v);
      case Of(var key, var first) ->
          acme.of(key, turn(acme, first).map(Object::toString)).map(v -> v);
      case Now(var value) -> Turn.now(value);
      case All(var shapes, var ordered) -> {
        var turns = shapes.stream().map(s -> turn(acme, s)).toList();
        yield (ordered ? Turn.inOrder(turns) : Turn.all(turns)).map(v -> v);
      }
      case Mapped(var inner) -> turn(acme, inner).map(v -> "(" + v + ")");
      case Then(var inner, var choices) ->
          turn(acme, inner).then(v -> turn(acme, choice(choices, v)));
      case Recovered(var inner, var instead) -> turn(acme, inner).recover(_ -> turn(acme, instead));
    };
  }

  private static Shape choice(List<Shape> choices, Object value) {
    return choices.get(Math.floorMod(value.toString().hashCode(), choices.size()));
  }

  /** Makes every call of every asker, each time it is mentioned. */
  private static final class Naive {
    int calls;
    int weight;

    Optional<Object> result(Shape shape) {
      try {
        return Optional.of(value(shape));
      } catch (Refused e) {
        return Optional.empty();
      }
    }

    private Object value(Shape shape) {
      return switch (shape) {
        case Page(var symbol, var number) -> call("page " + symbol + " " + number);
        case Ticker(var symbol) -> call("ticker " + symbol);
        case Tickers() -> call("tickers");
        case Of(var key, var first) -> call("of " + key + " " + value(first));
        case Now(var value) -> value;
        case All(var shapes, var ordered) -> all(shapes, ordered);
        case Mapped(var inner) -> "(" + value(inner) + ")";
        case Then(var inner, var choices) -> value(choice(choices, value(inner)));
        case Recovered(var inner, var instead) -> result(inner).orElseGet(() -> value(instead));
      };
    }

    private Object all(List<Shape> shapes, boolean ordered) {
      var values = new ArrayList<>();
      boolean refused = false;
      for (var shape : shapes) {
        var value = result(shape);
        refused |= value.isEmpty();
        if (refused && ordered) break;
        value.ifPresent(values::add);
      }
      if (refused) throw new Refused();
      return values;
    }

    private String call(String what) {
      calls++;
      weight += MergePropertiesTest.weight(what);
      if (what.contains("refused")) throw new Refused();
      return what + "!";
    }
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Provide
  Arbitrary<List<Shape>> failing() {
    var leaf =
        Arbitraries.oneOf(
            pages(Arbitraries.of("BTC", "ETH", "refused")),
            Arbitraries.integers().between(0, 3).map(Now::new));
    return shapes(4, leaf.map(s -> s)).list().ofMinSize(1).ofMaxSize(5);
  }

  @Provide
  Arbitrary<List<Shape>> batched() {
    var tickers =
        Arbitraries.integers()
            .between(1, 14)
            .map(
                n ->
                    (Shape)
                        new All(
                            IntStream.range(0, n).<Shape>mapToObj(i -> new Ticker("" + i)).toList(),
                            false));
    var leaf =
        Arbitraries.oneOf(
            pages(Arbitraries.of("BTC", "ETH")),
            tickers,
            Arbitraries.integers().between(0, 14).map(i -> new Ticker("" + i)),
            Arbitraries.just(new Tickers()));
    return shapes(3, leaf.map(s -> s)).list().ofMinSize(1).ofMaxSize(5);
  }

  private static Arbitrary<Shape> pages(Arbitrary<String> symbols) {
    return Arbitraries.integers()
        .between(1, 3)
        .flatMap(number -> symbols.map(symbol -> new Page(symbol, number)));
  }

  private static Arbitrary<Shape> shapes(int depth, Arbitrary<Shape> leaf) {
    if (depth == 0) return leaf;
    var inner = shapes(depth - 1, leaf);
    var some = inner.list().ofMinSize(1).ofMaxSize(3);
    return Arbitraries.<Shape>oneOf(
        leaf,
        inner.map(Mapped::new),
        inner.flatMap(s -> Arbitraries.of("x", "y").map(key -> new Of(key, s))),
        some.flatMap(l -> Arbitraries.of(true, false).map(ordered -> new All(l, ordered))),
        inner.flatMap(s -> some.map(choices -> new Then(s, choices))),
        inner.flatMap(s -> inner.map(instead -> new Recovered(s, instead))));
  }
}
