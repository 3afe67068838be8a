package io.tradeflood.bench.live;

import io.tradeflood.live.BookRules;
import io.tradeflood.live.BookServices;
import io.tradeflood.live.BookSink;
import io.tradeflood.live.BookStream;
import io.tradeflood.live.BookUpdate;
import io.tradeflood.live.Event;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedReader;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.FeedState;
import io.tradeflood.live.LiveBook;
import io.tradeflood.live.Overflow;
import io.tradeflood.live.ReadOptions;
import io.tradeflood.model.OrderBook;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import io.tradeflood.turn.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** TradeFlood: the scanner and the live book, as a stream's connection drives them. */
final class OurSide implements Side {
  /** How far it goes. */
  enum Goal {
    /** From bytes to the levels of a message. */
    READ,
    /** To the book, of which a reader may have the newest. */
    BOOK,
    /** To a model of the best twenty levels for each message. */
    MODELS
  }

  private static final int DEPTH = 20;
  private static final Name STREAM = Name.of("stream");
  private static final Name DATA = Name.of("data");
  private static final Name EVENT = Name.of("e");
  private static final Name TIME = Name.of("E");
  private static final Name SYMBOL = Name.of("s");
  private static final Name FIRST = Name.of("U");
  private static final Name LAST = Name.of("u");
  private static final Name BIDS = Name.of("b");
  private static final Name ASKS = Name.of("a");

  private final Goal goal;
  private final byte[] bytes;
  private final int[] offsets;
  private final OrderBook snapshot;
  private final JsonScanner scanner = new JsonScanner();
  private final BookUpdate update = new BookUpdate();
  private final Subscription subscription = new Subscription();
  private @Nullable FeedReader<OrderBook> reader;
  private long models;

  OurSide(Tape tape, Goal goal) {
    this.goal = goal;
    var messages = tape.combined();
    offsets = new int[messages.size() + 1];
    for (int i = 0; i < messages.size(); i++) offsets[i + 1] = offsets[i] + messages.get(i).length;
    // Some room behind the last one, as a receiver's buffer has.
    bytes = new byte[offsets[messages.size()] + 64];
    for (int i = 0; i < messages.size(); i++)
      System.arraycopy(messages.get(i), 0, bytes, offsets[i], messages.get(i).length);
    snapshot = snapshot(tape.snapshot());
  }

  private static OrderBook snapshot(String text) {
    var scanner = JsonScanner.of(text.getBytes(StandardCharsets.UTF_8));
    long number = scanner.field(Name.of("lastUpdateId")).readLong();
    var bids = scanner.field(Name.of("bids")).readPairs(OrderBook.Level::new);
    var asks = scanner.field(Name.of("asks")).readPairs(OrderBook.Level::new);
    return new OrderBook(Optional.empty(), OptionalLong.of(number), bids, asks);
  }

  /** Where the book listens. */
  private static final class Subscription implements BookStream {
    @Nullable BookSink sink;

    @Override
    public Feed.Attachment attach(BookSink told) {
      sink = told;
      return () -> {};
    }

    @Override
    public void renew(String reason) {
      throw new IllegalStateException("the tape was not understood: " + reason);
    }
  }

  /** Counts the models. */
  private final class Counter implements FeedSink<OrderBook> {
    @Override
    public void rows(List<? extends OrderBook> rows, io.tradeflood.live.Arrival arrival) {
      models += rows.size();
    }

    @Override
    public void state(FeedState state, Instant received) {}

    @Override
    public void end(Optional<Failure> why) {}
  }

  @Override
  public void pass() {
    if (goal == Goal.READ) {
      for (int i = 0; i < messages(); i++) read(i);
      return;
    }
    var services =
        BookServices.standard().snapshots(() -> CompletableFuture.completedFuture(snapshot));
    var book = new LiveBook("BTC/USDT of binance", BookRules.spanning(), services);
    if (goal == Goal.MODELS) {
      models = 0;
      book.books(DEPTH).attach(new Counter());
    }
    reader = book.books(DEPTH).read(ReadOptions.standard().overflow(Overflow.CONFLATE));
    book.open(subscription);
    var sink = subscription.sink;
    if (sink == null) throw new IllegalStateException("the book does not listen");
    sink.state(new FeedState.Connected(), Instant.EPOCH);
    for (int i = 0; i < messages(); i++) {
      read(i);
      sink.update(update, i);
    }
    if (goal == Goal.MODELS && models != messages())
      throw new IllegalStateException(models + " models of " + messages() + " messages");
  }

  int messages() {
    return offsets.length - 1;
  }

  private void read(int i) {
    scanner.reset(bytes, offsets[i], offsets[i + 1] - offsets[i]);
    scanner.field(STREAM).readWord();
    scanner.field(DATA).field(EVENT).skip();
    update.begin(false).time(scanner.field(TIME).readLong());
    scanner.field(SYMBOL).skip();
    long first = scanner.field(FIRST).readLong();
    update.sequence(first, scanner.field(LAST).readLong());
    scanner.field(BIDS).readLevels(true, update);
    scanner.field(ASKS).readLevels(false, update);
    scanner.finish();
  }

  @Override
  public List<String> said() {
    var lines = new ArrayList<String>();
    var newest = reader;
    if (newest == null) return lines;
    for (int i = newest.lag(); i > 0; i--)
      if (newest.next() instanceof Event.Data<OrderBook>(var book, _, _, _, _)) {
        book.bids().forEach(level -> lines.add(line("bid", level)));
        book.asks().forEach(level -> lines.add(line("ask", level)));
      }
    return lines;
  }

  private static String line(String side, OrderBook.Level level) {
    return side + " " + level.price().toPlainString() + " " + level.size().toPlainString();
  }
}
