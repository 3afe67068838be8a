package io.tradeflood;

import io.tradeflood.live.BookServices;
import io.tradeflood.live.BookStream;
import io.tradeflood.live.LiveBook;
import io.tradeflood.model.OrderBook;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Outcome;
import io.tradeflood.turn.TurnRun;
import io.tradeflood.turn.TurnScheme;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A book that is kept. */
final class KeptBook extends Live {
  private final Lives lives;
  private final LivePart.Book<?> part;
  private final LiveBook book;
  private volatile @Nullable TurnRun run;

  KeptBook(Object key, Lives lives, LivePart.Book<?> part) {
    super(key);
    this.lives = lives;
    this.part = part;
    var binding = part.bound().binding();
    var symbol = part.query().symbol();
    var services = new BookServices(Optional.empty(), lives.later, lives.clock);
    if (binding.snapshot(part.bound().connector(), symbol).isPresent())
      services = services.snapshots(this::snapshot);
    this.book =
        new LiveBook(
            "%s of %s".formatted(symbol, part.request().exchange()), binding.rules(), services);
  }

  LiveBook book() {
    return book;
  }

  private CompletableFuture<OrderBook> snapshot() {
    var arrived = new CompletableFuture<OrderBook>();
    lives.fetch(
        "snapshot",
        () -> {
          try {
            arrived.complete(fetch());
          } catch (InterruptedException e) {
            arrived.completeExceptionally(new Failure.Cancelled(part.label()));
          } catch (RuntimeException e) { // whatever it is, the book has to know
            arrived.completeExceptionally(e);
          }
        });
    return arrived;
  }

  private OrderBook fetch() throws InterruptedException {
    var bound = part.bound();
    var turn = bound.binding().snapshot(bound.connector(), part.query().symbol()).orElseThrow();
    var scheme = new TurnScheme();
    var ask = scheme.ask(part.label(), turn);
    try (TurnRun fetching = lives.runner.start(scheme)) {
      return fetching.result(ask).await();
    }
  }

  @Override
  void begin() {
    var bound = part.bound();
    var scheme = new TurnScheme();
    var ask =
        scheme.ask(part.label(), bound.binding().changes(bound.connector(), part.query().symbol()));
    var started = lives.runner.start(scheme);
    run = started;
    Thread.ofVirtual()
        .name("watch ", 0)
        .start(
            () -> {
              try {
                switch (started.result(ask).outcome()) {
                  case Outcome.Value<BookStream>(var stream) -> book.open(stream);
                  case Outcome.Failed<BookStream>(var failure) -> {
                    lives.forget(this);
                    book.end(Optional.of(failure));
                  }
                }
              } catch (InterruptedException e) {
                book.end(Optional.of(new Failure.Cancelled(part.label())));
              }
            });
  }

  @Override
  void end() {
    book.close();
    var started = run;
    if (started != null) started.close();
  }
}
