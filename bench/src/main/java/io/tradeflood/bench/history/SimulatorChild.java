package io.tradeflood.bench.history;

import io.tradeflood.simulator.Simulator;
import io.tradeflood.simulator.SimulatorOptions;
import io.tradeflood.simulator.limit.LimitOptions;
import java.io.IOException;
import java.time.Duration;

/** The exchanges, in a JVM of their own until its input ends. Prints where they are. */
final class SimulatorChild {
  private SimulatorChild() {}

  /** Arguments: the milliseconds that every answer waits, and whether the limits are kept. */
  public static void main(String[] arguments) throws IOException {
    var options =
        SimulatorOptions.defaults()
            .withLatency(Duration.ofMillis(Long.parseLong(arguments[0])))
            .withLimits(Boolean.parseBoolean(arguments[1]) ? LimitOptions.REAL : LimitOptions.OFF);
    try (var simulator = Simulator.start(options)) {
      System.out.println(simulator.baseUrl());
      while (System.in.read() >= 0) {
        // nobody says anything: the parent's end is the end of the input
      }
    }
  }
}
