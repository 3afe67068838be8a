package acme;

import io.tradeflood.binding.PolledBinding;
import io.tradeflood.exchange.bitget.BitgetSpotRest;
import io.tradeflood.exchange.bitget.BitgetTicker;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import java.math.BigDecimal;
import java.util.List;

/**
 * A new model of a built-in exchange. It calls the endpoint that the ticker calls, too: asked for
 * together, both are answered by one request. Who watches it has it asked for again and again.
 */
public interface BitgetSpotSpreads extends PolledBinding<BitgetSpotRest, NowQuery, Spread> {
  @Override
  default Turn<Spread> plan(BitgetSpotRest bitget, NowQuery query) {
    return bitget.tickers(bitget.nameOf(query.symbol())).map(BitgetSpotSpreads::spread);
  }

  private static Spread spread(List<BitgetTicker> tickers) {
    BitgetTicker ticker = tickers.getFirst();
    BigDecimal bid = ticker.bidPrice().orElseThrow(() -> oneSided(ticker));
    BigDecimal ask = ticker.askPrice().orElseThrow(() -> oneSided(ticker));
    return new Spread(ticker.time(), bid, ask, ask.subtract(bid));
  }

  private static Failure oneSided(BitgetTicker ticker) {
    return new Failure.Unsupported(
        "%s has no spread: nobody bids, or nobody asks".formatted(ticker.symbol()));
  }
}
