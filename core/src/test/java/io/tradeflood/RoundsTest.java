package io.tradeflood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.acme.AcmeRest;
import io.tradeflood.acme.AcmeServer;
import io.tradeflood.connector.ConnectorContext;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnRunner;
import io.tradeflood.turn.Turns;
import java.util.ArrayDeque;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is asked at about the same time. */
@Timeout(60)
class RoundsTest {
  private final AcmeServer acme = new AcmeServer(AcmeServer.FIRST_TRADE);
  private final AcmeRest rest =
      Turns.implement(
          AcmeRest.class,
          "acme.rest",
          (_, _) ->
              new ConnectorContext(
                  "acme",
                  "rest",
                  "",
                  Optional.empty(),
                  _ -> Optional.of(acme.name()),
                  new ConnectorContext.Services() {
                    @Override
                    public <S> S get(Class<S> type) {
                      throw new IllegalStateException("Acme needs no " + type);
                    }
                  }));
  private final TurnRunner runner = new TurnRunner();
  private final ArrayDeque<Runnable> due = new ArrayDeque<>();
  private final Rounds rounds = new Rounds(runner, (_, task) -> due.add(task));

  @AfterEach
  void close() {
    runner.close();
    acme.close();
  }

  private Turn<Integer> place(String symbol) {
    return rest.ticker(symbol).map(_ -> -1).orFrom(rest.names(), names -> names.indexOf(symbol));
  }

  @Test
  void whatIsAskedInOneRoundIsAnsweredByOneCall() throws Exception {
    var bitcoin = rounds.ask("one", place("BTC/USDT"));
    var ether = rounds.ask("two", place("ETH/USDT"));
    assertThat(acme.calls()).isEmpty();
    due.remove().run();
    assertThat(bitcoin.await()).isZero();
    assertThat(ether.await()).isEqualTo(1);
    assertThat(acme.calls()).containsExactly("names ");

    var alone = rounds.ask("one", place("BTC/USDT"));
    due.remove().run();
    assertThat(alone.await()).isEqualTo(-1);
    assertThat(due).isEmpty();
  }

  @Test
  void oneThatFailsLeavesTheOthersAlone() throws Exception {
    acme.refuses(call -> call.equals("ticker NO/USDT"));
    var no = rounds.ask("no", rest.ticker("NO/USDT"));
    var yes = rounds.ask("yes", rest.ticker("BTC/USDT"));
    due.remove().run();
    assertThatThrownBy(no::await).isInstanceOf(Failure.Refused.class);
    assertThat(yes.await()).isEqualTo("100.5");
  }

  @Test
  void aRoundThatCannotBeginIsCancelled() {
    var late = rounds.ask("late", rest.ticker("BTC/USDT"));
    runner.close();
    due.remove().run();
    assertThatThrownBy(late::await).isInstanceOf(Failure.Cancelled.class);
  }
}
