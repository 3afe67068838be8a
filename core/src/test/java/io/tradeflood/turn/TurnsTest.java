package io.tradeflood.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How interfaces become connectors. */
class TurnsTest {

  interface Rest {
    String name();

    <D> D connector(Class<D> type);

    default String greeting() {
      return "I am " + name();
    }

    @TurnExecution
    default Turn<String> candles(String symbol) {
      return Turn.now("rest " + symbol);
    }
  }

  interface Mine extends Rest {
    @Override
    default Turn<String> candles(String symbol) {
      return Rest.super.candles(symbol).map(candles -> "mine " + candles);
    }
  }

  interface Generic<Q> {
    @TurnExecution
    default Turn<String> ask(Q question) {
      return Turn.now("nobody");
    }
  }

  interface Filled extends Generic<String> {
    @Override
    default Turn<String> ask(String question) {
      return Turn.now("asked " + question);
    }
  }

  interface Wrong {
    @TurnExecution
    default List<String> candles() {
      return List.of();
    }

    @TurnExecution
    Turn<String> bodiless();
  }

  interface One {
    @TurnExecution
    default Turn<String> candles() {
      return Turn.now("one");
    }
  }

  private static <T> T of(Class<T> type) {
    return Turns.implement(type, "acme.rest", (method, arguments) -> method.getName() + arguments);
  }

  private static <T> T run(Turn<T> turn) throws InterruptedException {
    var scheme = new TurnScheme();
    var ask = scheme.ask("asker", turn);
    try (var runner = new TurnRunner();
        var run = runner.start(scheme)) {
      return run.result(ask).await();
    }
  }

  @Test
  void anOverrideIsAnEndpointWithoutSayingSoAgain() throws InterruptedException {
    var candles = of(Mine.class).candles("BTC");

    assertThat(candles).isInstanceOf(Call.class);
    assertThat(run(candles)).isEqualTo("mine rest BTC");
  }

  @Test
  void anOverrideThatFillsInATypeParameterIsAnEndpointToo() throws InterruptedException {
    Generic<String> generic = of(Filled.class);

    assertThat(generic.ask("BTC")).isInstanceOf(Call.class).isEqualTo(of(Filled.class).ask("BTC"));
    assertThat(run(generic.ask("BTC"))).isEqualTo("asked BTC");
  }

  @Test
  void otherMethodsWithABodyRunAndAbstractOnesAreSuppliedWithTheirArguments() {
    var seen = new AtomicReference<List<Object>>();
    Rest rest =
        Turns.implement(
            Rest.class,
            "acme.rest",
            (method, arguments) -> {
              seen.set(arguments);
              return method.getName();
            });

    assertThat(rest.greeting()).isEqualTo("I am name");
    assertThat((Object) rest.connector(Object.class)).isEqualTo("connector");
    assertThat(seen.get()).containsExactly(Object.class);
  }

  interface Polite extends Rest {
    @Override
    default String greeting() {
      return "Good day, I am " + name();
    }
  }

  @Test
  void aBodyIsThatOfTheObjectsOwnInterface() throws Throwable {
    var greeting = Rest.class.getMethod("greeting");

    assertThat((String) Turns.body(of(Rest.class), greeting).invoke()).startsWith("I am");
    assertThat((String) Turns.body(of(Polite.class), greeting).invoke()).startsWith("Good day");
    assertThat((String) Turns.body("text", String.class.getMethod("trim")).invoke())
        .isEqualTo("text");
    assertThatThrownBy(
            () -> Turns.body(of(Mine.class), Rest.class.getMethod("candles", String.class)))
        .hasMessage("Mine.candles has no body that could be called by itself");
    assertThatThrownBy(() -> Turns.body(of(Rest.class), Rest.class.getMethod("name")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void connectorsOfOneInterfaceAndOwnerAreEqualAndNamedByTheOwner() {
    assertThat(of(Rest.class))
        .isEqualTo(of(Rest.class))
        .hasSameHashCodeAs(of(Rest.class))
        .hasToString("acme.rest")
        .isNotEqualTo(of(Mine.class))
        .isNotEqualTo(Turns.implement(Rest.class, "other", (_, _) -> ""));
  }

  @Test
  void allProblemsAreToldTogether() {
    assertThat(Turns.problems(Wrong.class))
        .containsExactly(
            "A @TurnExecution method must have a body, but has none\n    for method Wrong.bodiless",
            "A @TurnExecution method must return Turn<...>, but returns List\n"
                + "    for method Wrong.candles");
    assertThatThrownBy(() -> of(Wrong.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Wrong.bodiless")
        .hasMessageContaining("Wrong.candles");
    assertThat(Turns.problems(Mine.class)).isEmpty();
    assertThat(Turns.problems(String.class))
        .containsExactly("A connector must be an interface, but String is a class");
  }

  @Test
  void whatAnEndpointThrowsIsThrownByTheRun() {
    assertThatThrownBy(() -> run(of(Thrower.class).candles("3s")))
        .isInstanceOf(Failure.Unsupported.class)
        .hasMessageStartingWith(
            "No candles of 3s: ask for 1m (in acme.rest.candles(3s), planned at");
  }

  interface Thrower {
    @TurnExecution
    default Turn<String> candles(String interval) {
      throw new Failure.Unsupported("No candles of " + interval + ": ask for 1m");
    }
  }

  @Test
  void callsWrittenAgainAreMostlyTheSameObject() {
    var one = of(One.class);

    assertThat(one.candles()).isSameAs(one.candles());
  }
}
