package io.tradeflood.exchange.tradingview;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.ExchangeQuery;
import io.tradeflood.turn.Turn;
import java.time.Instant;

/** All alerts, whatever they say. */
public interface TradingviewAlerts extends LiveBinding<TradingviewCallback, ExchangeQuery, Alert> {
  @Override
  default Availability availability(
      TradingviewCallback tradingview, ExchangeQuery query, Instant now) {
    return tradingview.lack().map(Availability::cannot).orElseGet(Availability::can);
  }

  @Override
  default Turn<Feed<Alert>> plan(TradingviewCallback tradingview, ExchangeQuery query) {
    String secret = tradingview.context().settings().get("secret").orElse("");
    return tradingview.alerts().map(alerts -> alerts.map(row -> alert(row, secret)));
  }

  /** The secret that stands in the message is no one else's business. */
  private static Alert alert(TradingviewAlert row, String secret) {
    String text = secret.isEmpty() ? row.text() : row.text().replace(secret, "***");
    return new Alert(row.fired().or(row::time), row.name(), row.exchange(), row.symbol(), text);
  }
}
