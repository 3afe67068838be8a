package io.tradeflood.simulator.wire;

/** Answers requests, many at once. */
@FunctionalInterface
public interface Handler {
  Response handle(Request request);
}
