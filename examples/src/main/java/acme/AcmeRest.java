package acme;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.tradeflood.connector.Exchange;
import io.tradeflood.connector.Limit;
import io.tradeflood.net.RestConnector;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Acme's public REST API, version 2. See https://docs.acme.example/v2/market. */
@Exchange("acme")
public interface AcmeRest extends RestConnector {
  int PAGE = 1000;

  @Override
  default String baseUrl() {
    return "https://api.acme.example/v2";
  }

  @Override
  default List<Limit> limits() {
    return List.of(Limit.of("requests", 600, Duration.ofMinutes(1)));
  }

  /** {@code GET /candles}: oldest first, at most {@link #PAGE}; {@code endTime} is exclusive. */
  @TurnExecution
  default Turn<List<Row>> candles(
      String symbol, String interval, Instant start, Instant end, int limit) {
    return get("/candles")
        .cost("requests", 1)
        .query("symbol", symbol)
        .query("interval", interval)
        .query("startTime", start)
        .query("endTime", end)
        .query("limit", limit)
        .as(Rows.class)
        .map(Rows::data);
  }

  record Rows(int code, List<Row> data) {}

  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Row(
      Instant openTime,
      BigDecimal open,
      BigDecimal high,
      BigDecimal low,
      BigDecimal close,
      BigDecimal volume) {}
}
