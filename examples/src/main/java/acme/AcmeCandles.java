package acme;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.HistoryBinding;
import io.tradeflood.history.Page;
import io.tradeflood.history.Pages;
import io.tradeflood.model.Candle;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Acme's candles, since listing. */
public interface AcmeCandles extends HistoryBinding<AcmeRest, CandleQuery, Candle> {
  Map<Interval, String> WORDS = Map.of(Interval.M1, "1min", Interval.H1, "1h", Interval.D1, "1day");

  @Override
  default Availability availability(AcmeRest acme, CandleQuery query, Instant now) {
    return Availability.ofInterval(query.interval(), WORDS.keySet(), "acme's candles");
  }

  @Override
  default Pages pages(CandleQuery query) {
    return Pages.grid(query.interval()).sizes(AcmeRest.PAGE);
  }

  @Override
  default Turn<List<Candle>> plan(AcmeRest acme, CandleQuery query, Page page) {
    String word = WORDS.getOrDefault(query.interval(), "");
    return acme.candles(query.symbol().join("-"), word, page.start(), page.end(), page.limit())
        .map(rows -> rows.stream().map(row -> candle(query.interval(), row)).toList());
  }

  private static Candle candle(Interval interval, AcmeRest.Row row) {
    return new Candle(
        interval, row.openTime(), row.open(), row.high(), row.low(), row.close(), row.volume());
  }
}
