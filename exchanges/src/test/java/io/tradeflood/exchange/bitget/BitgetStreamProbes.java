package io.tradeflood.exchange.bitget;

import static io.tradeflood.exchange.StreamProbe.live;
import static io.tradeflood.exchange.StreamProbe.merged;

import io.tradeflood.binding.LiveBinding;
import io.tradeflood.exchange.StreamProbe;
import io.tradeflood.model.BarQuery;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Symbol;
import java.util.List;
import java.util.OptionalInt;

/** How each recorded message of Bitget's streams is watched for. */
public final class BitgetStreamProbes {
  private static final Symbol SPOT = Symbol.of("BTC/USDT");
  private static final Symbol PERPETUAL = Symbol.of("BTC/USDT:USDT");

  private BitgetStreamProbes() {}

  private static <M> StreamProbe now(
      String input, Class<? extends LiveBinding<BitgetStream, NowQuery, M>> binding, Symbol about) {
    return live(input, binding, BitgetStream.class, new NowQuery(about));
  }

  private static StreamProbe book(String input, Symbol symbol, int depth) {
    return live(
        input,
        BitgetLivePartialBook.class,
        BitgetStream.class,
        new BookQuery(symbol, OptionalInt.of(depth)));
  }

  public static List<StreamProbe> all() {
    String state = "ws/tardis-bitget-futures-08-derivative.json";
    return List.of(
        book("ws/jk-futures-order-book.json", PERPETUAL, 5),
        now("ws/jk-futures-ticker.json", BitgetLiveTicker.class, PERPETUAL),
        live(
            "ws/jk-spot-klines.json",
            BitgetLiveCandles.class,
            BitgetStream.class,
            new BarQuery(SPOT, Interval.W1)),
        book("ws/jk-spot-order-book.json", SPOT, 5),
        now("ws/tardis-bitget-01-trades.json", BitgetLiveTrades.class, SPOT),
        now("ws/tardis-bitget-futures-03-trades.json", BitgetLiveTrades.class, PERPETUAL),
        merged(
            now(state, BitgetLiveTicker.class, PERPETUAL),
            now(state, BitgetLiveMarkPrice.class, PERPETUAL),
            now(state, BitgetLiveIndexPrice.class, PERPETUAL),
            now(state, BitgetLiveOpenInterest.class, PERPETUAL),
            now(state, BitgetLiveFunding.class, PERPETUAL)),
        book("ws/tardis-bitget-futures-10-bbo.json", PERPETUAL, 1));
  }
}
