package io.tradeflood.acme;

import io.tradeflood.connector.Connector;
import io.tradeflood.connector.Exchange;
import io.tradeflood.connector.Mode;
import io.tradeflood.live.BookStream;
import io.tradeflood.live.Feed;
import io.tradeflood.model.Symbol;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;

/** What Acme's spot market tells. */
@Exchange("acme")
public interface AcmeStream extends Connector {
  @Override
  default Mode mode() {
    return Mode.STREAM;
  }

  @Override
  default boolean covers(Symbol symbol) {
    return symbol.isSpot();
  }

  /** The numbers of trades as they happen. */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<Long>> trades(String symbol) {
    return Turn.of(AcmeServer.of(context().settings().get("server")).subscription(symbol));
  }

  /** The changes of a book. */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<BookStream> book(String symbol) {
    return Turn.of(AcmeServer.of(context().settings().get("server")).bookSubscription(symbol));
  }
}
