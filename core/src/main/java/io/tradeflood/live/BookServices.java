package io.tradeflood.live;

import io.tradeflood.model.OrderBook;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What a {@link LiveBook} needs from outside.
 *
 * @param snapshots begins to fetch a snapshot and returns at once; it fails with a {@link
 *     io.tradeflood.turn.Failure}. Empty if the stream brings the snapshots
 * @param later runs what is quick, on any thread
 * @param clock says when something happened that no message brought
 */
public record BookServices(
    Optional<Supplier<CompletableFuture<OrderBook>>> snapshots, Later later, InstantSource clock) {

  /** Of a book whose stream brings the snapshots: by the system's clock. */
  public static BookServices standard() {
    return new BookServices(Optional.empty(), Later.threads(), Clock.systemUTC());
  }

  /** The same with snapshots. */
  public BookServices snapshots(Supplier<CompletableFuture<OrderBook>> fetch) {
    return new BookServices(Optional.of(fetch), later, clock);
  }
}
