package io.tradeflood.live;

import io.tradeflood.model.OrderBook;
import io.tradeflood.model.OrderBook.Level;
import io.tradeflood.turn.Failure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * An exchange with one book, whose truth is known at every number, and a bad connection to it. Time
 * goes on by ticks of 100 ms only.
 */
final class NoisyExchange implements BookStream {
  /** How the exchange numbers its messages. */
  enum Numbering {
    SPANNING,
    CHAINED,
    GROWING;

    BookRules rules() {
      return switch (this) {
        case SPANNING -> BookRules.spanning();
        case CHAINED -> BookRules.chained();
        case GROWING -> BookRules.growing().with(CHECKSUM);
      };
    }
  }

  /** Of the whole book, so that a message that is missing is always seen. */
  private static final BookChecksum CHECKSUM = new InterleavedCrc(1000);

  private static final Duration TICK = Duration.ofMillis(100);
  private static final int LONGEST_BOOK = 30;

  private final Numbering numbering;
  private final Random random;
  private final NumberedBooks truth = new NumberedBooks();
  private final TreeMap<BigDecimal, Level> bids = new TreeMap<>();
  private final TreeMap<BigDecimal, Level> asks = new TreeMap<>();
  private final List<Task> tasks = new ArrayList<>();
  private final List<BookUpdate> heldBack = new ArrayList<>();
  private BookSink sink;
  private Instant now = Instant.EPOCH;
  private long last = 1000;
  private int snapshotDue = -1;
  private boolean connected;

  /** How bad it is: of 100 messages so many are hit by each trouble. */
  int noise;

  int renewals;
  int fetches;

  private record Task(Instant when, Runnable what) {}

  NoisyExchange(Numbering numbering, long seed) {
    this.numbering = numbering;
    this.random = new Random(seed);
    for (int i = 0; i < 5; i++) {
      put(true, 1000 - i, 1 + i);
      put(false, 1001 + i, 1 + i);
    }
    truth.put(last, book());
  }

  BookServices services() {
    var services = new BookServices(Optional.empty(), this::later, () -> now);
    return numbering == Numbering.GROWING ? services : services.snapshots(this::fetch);
  }

  NumberedBooks truth() {
    return truth;
  }

  long last() {
    return last;
  }

  private void later(Duration pause, Runnable task) {
    tasks.add(new Task(now.plus(pause), task));
  }

  @Override
  public Feed.Attachment attach(BookSink told) {
    sink = told;
    return () -> {};
  }

  @Override
  public void renew(String reason) {
    renewals++;
    later(TICK.multipliedBy(1 + random.nextInt(3)), this::acknowledge);
  }

  void connect() {
    acknowledge();
  }

  private void acknowledge() {
    connected = true;
    sink.state(new FeedState.Connected(), now);
    snapshotDue = random.nextInt(3);
  }

  private CompletableFuture<OrderBook> fetch() {
    fetches++;
    var answer = new CompletableFuture<OrderBook>();
    long then = last;
    later(TICK.multipliedBy(random.nextInt(6)), () -> answer(answer, then));
    return answer;
  }

  private void answer(CompletableFuture<OrderBook> answer, long asked) {
    if (hit()) answer.completeExceptionally(new Failure.Unreachable("reset", "wait", "direct"));
    else if (hit())
      answer.completeExceptionally(
          new Failure.Limited("slow down", now.plus(Duration.ofSeconds(2)), false));
    else if (hit()) answer.complete(truth.atMost(asked - random.nextInt(50)));
    else answer.complete(truth.atMost(random.nextBoolean() ? last : asked));
  }

  private boolean hit() {
    return noise > 0 && random.nextInt(100) < noise;
  }

  /** Something changes, something is told, time goes on. */
  void tick() {
    now = now.plus(TICK);
    var update = change();
    if (connected && hit() && hit()) {
      connected = false;
      heldBack.clear();
      sink.state(new FeedState.Desynced("cut off"), now);
      later(TICK.multipliedBy(1 + random.nextInt(10)), this::acknowledge);
    }
    if (connected) {
      if (numbering == Numbering.GROWING && snapshotDue >= 0 && snapshotDue-- == 0)
        send(whole(update));
      else send(update);
    }
    for (var task : List.copyOf(tasks))
      if (!task.when.isAfter(now)) {
        tasks.remove(task);
        task.what.run();
      }
  }

  private void send(BookUpdate update) {
    if (update.hasChecksum() && hit()) update.checksum(update.checksum() ^ 1);
    if (hit()) return;
    if (hit()) {
      heldBack.add(update);
      return;
    }
    tell(update);
    if (hit()) tell(update);
    if (!heldBack.isEmpty() && random.nextBoolean()) tell(heldBack.removeFirst());
  }

  private void tell(BookUpdate update) {
    sink.update(update, now.toEpochMilli() * 1_000_000);
  }

  private BookUpdate change() {
    long first = last + 1;
    long changes = 1 + random.nextInt(4);
    var update = new BookUpdate().begin(false);
    for (int i = 0; i < changes; i++) {
      last++;
      boolean bid = random.nextBoolean();
      // Both sides stay apart, and the same price is written in more ways than one.
      int price = bid ? 1000 - random.nextInt(LONGEST_BOOK) : 1001 + random.nextInt(LONGEST_BOOK);
      int size = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(1000);
      put(update, bid, put(bid, price, size));
      if (i < changes - 1 && numbering != Numbering.GROWING) truth.put(last, book());
    }
    truth.put(last, book());
    if (numbering == Numbering.GROWING) update.sequence(last, last).checksum(checksum());
    else update.sequence(first, last).previous(first - 1);
    return update.time(last);
  }

  private BookUpdate whole(BookUpdate change) {
    var update = new BookUpdate().begin(true).sequence(last, last).time(change.time());
    for (Level level : bids.descendingMap().values()) put(update, true, level);
    for (Level level : asks.values()) put(update, false, level);
    return update.checksum(checksum());
  }

  private int checksum() {
    var update = new BookUpdate().begin(true);
    for (Level level : bids.descendingMap().values()) put(update, true, level);
    for (Level level : asks.values()) put(update, false, level);
    var ladder = new Ladder();
    ladder.apply(update);
    return CHECKSUM.of(ladder, 0);
  }

  private Level put(boolean bid, int price, int size) {
    var exact = new BigDecimal(price).movePointLeft(1);
    var level =
        new Level(
            random.nextInt(20) == 0 ? exact.setScale(1 + random.nextInt(4)) : exact,
            new BigDecimal(size).movePointLeft(random.nextInt(3)));
    var side = bid ? bids : asks;
    side.remove(exact);
    if (size != 0) side.put(exact, level);
    return level;
  }

  private static void put(BookUpdate update, boolean bid, Level level) {
    update.level(
        bid,
        level.price().unscaledValue().longValueExact(),
        level.price().scale(),
        level.size().unscaledValue().longValueExact(),
        level.size().scale());
  }

  private OrderBook book() {
    return new OrderBook(
        Optional.empty(),
        OptionalLong.of(last),
        List.copyOf(bids.descendingMap().values()),
        List.copyOf(asks.values()));
  }

  /** The books by their numbers. */
  static final class NumberedBooks {
    private final TreeMap<Long, OrderBook> books = new TreeMap<>();

    void put(long number, OrderBook book) {
      books.put(number, book);
    }

    OrderBook at(long number) {
      return books.get(number);
    }

    OrderBook atMost(long number) {
      Map.Entry<Long, OrderBook> found = books.floorEntry(number);
      return found == null ? books.firstEntry().getValue() : found.getValue();
    }
  }
}
