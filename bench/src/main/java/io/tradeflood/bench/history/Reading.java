package io.tradeflood.bench.history;

import io.tradeflood.bench.history.SimulatedExchanges.Counts;
import java.io.IOException;
import java.util.List;

/**
 * What a client read, and what the exchanges counted of it.
 *
 * @param all each time that it read the same in one process, the first time cold
 * @param exchangesCpu seconds of the processors that the exchanges used meanwhile
 */
record Reading(List<Pulled> all, Counts counts, double exchangesCpu) {
  /** A client at work in its process; what it printed. */
  @FunctionalInterface
  interface Client {
    List<String> run() throws IOException, InterruptedException;
  }

  static Reading of(SimulatedExchanges exchanges, Client client)
      throws IOException, InterruptedException {
    exchanges.reset();
    var before = exchanges.cpu();
    var all = Pulled.read(client.run());
    double cpu = exchanges.cpu().minus(before).toMillis() / 1e3;
    return new Reading(all, exchanges.counts(), cpu);
  }

  /** The first time. */
  Pulled pulled() {
    return all.getFirst();
  }

  /** Requests each time. */
  double requests() {
    return (double) counts.requests() / all.size();
  }

  boolean isSame(Reading other) {
    return all.stream().allMatch(pulled()::isSame) && pulled().isSame(other.pulled());
  }
}
