package io.tradeflood.bench.agreement;

import org.knowm.xchange.ExchangeSpecification;
import org.knowm.xchange.binance.BinanceExchange;

/**
 * XChange's Binance, wherever its specification says it is. Its own overwrites the address for
 * futures; that happens in a method that exchanges may override, and no setting keeps it from it.
 * Public, for XChange makes it by name.
 */
public final class BinanceElsewhere extends BinanceExchange {
  @Override
  protected void concludeHostParams(ExchangeSpecification specification) {
    // the address stays as it is
  }
}
