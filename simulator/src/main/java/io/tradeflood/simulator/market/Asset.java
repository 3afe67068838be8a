package io.tradeflood.simulator.market;

/**
 * What is traded, with the shape of its price in dollars: the price in the middle of its range at
 * the start of 2021, the growth of the logarithm per year, and how lively it is (1 for a coin, 0
 * for a dollar).
 */
record Asset(String name, double price2021, double growth, double liveliness) {
  Asset {
    if (!(price2021 > 0)) {
      throw new IllegalArgumentException(
          "The price of " + name + " must be above zero, was " + price2021);
    }
  }
}
