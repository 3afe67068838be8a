package io.tradeflood.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tradeflood.acme.AcmeCandles;
import io.tradeflood.acme.AcmeInstruments;
import io.tradeflood.acme.AcmeRest;
import io.tradeflood.acme.AcmeTickers;
import io.tradeflood.acme.AcmeTrades;
import io.tradeflood.binding.HistoryBinding;
import io.tradeflood.binding.Replaces;
import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.connector.Connector;
import io.tradeflood.connector.Exchange;
import io.tradeflood.connector.Mode;
import io.tradeflood.history.Page;
import io.tradeflood.history.Pages;
import io.tradeflood.model.Candle;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.IndexPrice;
import io.tradeflood.model.ModelName;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexTest {
  interface MyAcme extends AcmeRest {}

  interface MineOfMyAcme extends MyAcme {}

  interface OtherAcme extends AcmeRest {}

  @Exchange("acme")
  @Replaces(AcmeRest.class)
  interface StrangeRest extends Connector {
    @Override
    default Mode mode() {
      return Mode.REST;
    }
  }

  interface MyCandles extends AcmeCandles {}

  interface FastCandles extends HistoryBinding<AcmeRest, CandleQuery, Candle> {
    @Override
    default Pages pages(CandleQuery query) {
      return Pages.grid(query.interval());
    }

    @Override
    default Turn<List<Candle>> plan(AcmeRest acme, CandleQuery query, Page page) {
      return Turn.now(List.of());
    }
  }

  @Replaces(AcmeCandles.class)
  interface ReplacingCandles extends FastCandles {}

  /** A form for bindings: what stands for what is said later, in another order. */
  interface Form<M extends io.tradeflood.model.Row, C extends Connector>
      extends HistoryBinding<C, CandleQuery, M> {}

  static final class Shapes {
    interface Middle<C extends AcmeRest> extends Form<Candle, C> {}

    interface End extends java.util.function.Supplier<String>, Middle<AcmeRest> {}
  }

  interface Market extends Connector {
    @Override
    default Mode mode() {
      return Mode.REST;
    }
  }

  @Exchange("two-words")
  interface TwoWordsSpotRest extends Market {}

  @Exchange("two-words")
  interface TwoWordsUSDMRest extends Market {}

  interface SpotPrice extends SnapshotBinding<TwoWordsSpotRest, NowQuery, IndexPrice> {
    @Override
    default Turn<IndexPrice> plan(TwoWordsSpotRest rest, NowQuery query) {
      throw new UnsupportedOperationException("Only its types are read");
    }
  }

  @Exchange("wrong")
  interface WrongRest extends Market {
    @TurnExecution
    default List<String> candles() {
      return List.of();
    }
  }

  interface Homeless extends Market {
    @TurnExecution
    default Turn<String> time() {
      return Turn.now("noon");
    }
  }

  @SuppressWarnings("rawtypes")
  interface RawCandles extends HistoryBinding {}

  interface Text extends SnapshotBinding<AcmeRest, NowQuery, String> {
    @Override
    default Turn<String> plan(AcmeRest acme, NowQuery query) {
      return Turn.now("no record");
    }
  }

  @ModelName("candle")
  record OtherCandle(String text) {}

  interface OtherCandles extends SnapshotBinding<AcmeRest, NowQuery, OtherCandle> {
    @Override
    default Turn<OtherCandle> plan(AcmeRest acme, NowQuery query) {
      return Turn.now(new OtherCandle(""));
    }
  }

  private static Index index(Class<?>... types) {
    return new IndexBuilder().add(types).build();
  }

  private static String problems(Class<?>... types) {
    var problems = catchThrowableOfType(IndexProblems.class, () -> index(types));
    assertThat(problems).isNotNull();
    return problems.getMessage();
  }

  private static BindingEntry only(Index index) {
    assertThat(index.bindings()).hasSize(1);
    return index.bindings().getFirst();
  }

  @Test
  void anEntryTellsWhatItIsAndWhereItCameFrom() {
    Index index = index(AcmeRest.class, AcmeCandles.class, AcmeTrades.class, AcmeTickers.class);
    assertThat(index.exchanges()).containsExactly("acme");
    assertThat(index.models()).containsExactly("candle", "indexPrice", "trade");
    var connector = index.connectors().getFirst();
    assertThat(connector.hostName()).isEqualTo("acme.rest");
    assertThat(connector.mode()).isEqualTo(Mode.REST);
    assertThat(connector.address()).isEqualTo("https://api.acme.example");
    assertThat(connector.jar()).endsWith("test-classes");
    assertThat(connector.replaces()).isEmpty();
    var binding = index.bindings().getFirst();
    assertThat(binding.exchange()).isEqualTo("acme");
    assertThat(binding.connector()).isEqualTo("rest");
    assertThat(binding.model()).isEqualTo("candle");
    assertThat(binding.modelType()).isEqualTo(Candle.class);
    assertThat(binding.queryType()).isEqualTo(CandleQuery.class);
    assertThat(binding.type()).isEqualTo(AcmeCandles.class);
  }

  @Test
  void typesAreReadThroughAnyDepthOfInheritance() {
    assertThat(GenericTypes.arguments(Shapes.End.class, io.tradeflood.binding.Binding.class))
        .contains(List.of(AcmeRest.class, CandleQuery.class, Candle.class));
    assertThat(GenericTypes.arguments(MyCandles.class, HistoryBinding.class))
        .contains(List.of(AcmeRest.class, CandleQuery.class, Candle.class));
    assertThat(GenericTypes.arguments(Shapes.Middle.class, HistoryBinding.class)).isEmpty();
  }

  @Test
  void aBindingBringsTheConnectorThatItNames() {
    assertThat(index(AcmeCandles.class).connectors())
        .singleElement()
        .satisfies(c -> assertThat(c.type()).isEqualTo(AcmeRest.class));
  }

  @Test
  void connectorsAreCalledByTheirTypeWithoutTheExchange() {
    assertThat(index(TwoWordsSpotRest.class, TwoWordsUSDMRest.class, SpotPrice.class).connectors())
        .extracting(ConnectorEntry::hostName)
        .containsExactly("two-words.spot-rest", "two-words.usdm-rest");
  }

  @Test
  void theMostDerivedConnectorIsUsedUnderTheOldName() {
    Index index = index(AcmeCandles.class, AcmeRest.class, MyAcme.class, MineOfMyAcme.class);
    assertThat(index.connectors())
        .singleElement()
        .satisfies(
            connector -> {
              assertThat(connector.type()).isEqualTo(MineOfMyAcme.class);
              assertThat(connector.name()).isEqualTo("rest");
              assertThat(connector.replaces()).containsExactly(AcmeRest.class);
            });
    assertThat(only(index).connector()).isEqualTo("rest");
  }

  @Test
  void theMostDerivedBindingIsUsed() {
    var entry = only(index(AcmeCandles.class, MyCandles.class));
    assertThat(entry.type()).isEqualTo(MyCandles.class);
    assertThat(entry.replaces()).containsExactly(AcmeCandles.class);
  }

  @Test
  void aBindingReplacesOneThatItDoesNotExtend() {
    var entry = only(index(AcmeCandles.class, ReplacingCandles.class));
    assertThat(entry.type()).isEqualTo(ReplacingCandles.class);
    assertThat(entry.replaces()).containsExactly(AcmeCandles.class);
  }

  @Test
  void aConnectorThatReplacesAnotherTakesItsBindingsAway() {
    Index index = index(AcmeCandles.class, AcmeRest.class, StrangeRest.class);
    assertThat(index.connectors())
        .singleElement()
        .satisfies(
            connector -> {
              assertThat(connector.type()).isEqualTo(StrangeRest.class);
              assertThat(connector.hostName()).isEqualTo("acme.rest");
            });
    assertThat(index.bindings()).isEmpty();
  }

  @Test
  void twoBindingsThatCouldWinAreToldWithTheWayOut() {
    String jar = index(AcmeCandles.class).bindings().getFirst().jar();
    assertThat(problems(AcmeCandles.class, FastCandles.class))
        .isEqualTo(
            """
            The index has 1 problem.
              1. Two bindings answer CandleQuery with Candle for acme by REST:
                   io.tradeflood.acme.AcmeCandles              (%s)
                   io.tradeflood.index.IndexTest$FastCandles   (%s)
                 Let one extend the other, or write @Replaces(AcmeCandles.class) on FastCandles.\
            """
                .formatted(jar, jar));
  }

  @Test
  void twoConnectorsThatCouldWinAreToldWithTheWayOut() {
    assertThat(problems(AcmeCandles.class, AcmeRest.class, MyAcme.class, OtherAcme.class))
        .contains("Two connectors stand for AcmeRest:")
        .contains("IndexTest$MyAcme ")
        .contains("IndexTest$OtherAcme ")
        .contains("Let one extend the other, or write @Replaces(MyAcme.class) on OtherAcme.");
  }

  @Test
  void theApplicationHasTheLastWord() {
    assertThat(only(builder().use(FastCandles.class).build()).type()).isEqualTo(FastCandles.class);
    assertThat(only(builder().use("FastCandles").build()).type()).isEqualTo(FastCandles.class);
    assertThat(only(builder().without(AcmeCandles.class).build()).type())
        .isEqualTo(FastCandles.class);
    assertThat(only(builder().without("io.tradeflood.index.IndexTest$FastCandles").build()).type())
        .isEqualTo(AcmeCandles.class);
    Index chosen =
        new IndexBuilder()
            .add(AcmeCandles.class, MyAcme.class, OtherAcme.class)
            .use(OtherAcme.class)
            .build();
    assertThat(chosen.connectors())
        .singleElement()
        .satisfies(c -> assertThat(c.type()).isEqualTo(OtherAcme.class));
  }

  private static IndexBuilder builder() {
    return new IndexBuilder().add(AcmeCandles.class, FastCandles.class);
  }

  @Test
  void aNameThatNobodyHasIsTold() {
    assertThatThrownBy(() -> builder().use("SlowCandles").build())
        .isInstanceOf(IndexProblems.class)
        .hasMessageContaining("use SlowCandles names no connector or binding that was found");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    String text =
        problems(WrongRest.class, Homeless.class, RawCandles.class, Text.class, String.class);
    assertThat(text)
        .startsWith("The index has 5 problems.\n")
        .contains(
            """
            A @TurnExecution method must return Turn<...>, but returns List
                   for method WrongRest.candles\
            """)
        .contains(
            "A connector must say which exchange it talks to, but Homeless does not: write"
                + " @Exchange(\"...\") on it")
        .contains(
            "A binding must say its connector, query and model, but RawCandles leaves them open")
        .contains("A model must be a record, but String, which Text gives, is none")
        .contains("java.lang.String is neither a connector nor a binding: let it extend one");
  }

  @Test
  void twoModelsOfOneWordAreTold() {
    assertThat(problems(AcmeCandles.class, OtherCandles.class))
        .contains("Several models of acme are called candle: ")
        .contains("Write @ModelName with another word on one of them.");
  }

  @Test
  void anIndexIsAValue() {
    assertThat(index(AcmeCandles.class, AcmeInstruments.class))
        .isEqualTo(index(AcmeInstruments.class, AcmeCandles.class))
        .asString()
        .contains("acme", "candle", "AcmeInstruments");
  }
}
