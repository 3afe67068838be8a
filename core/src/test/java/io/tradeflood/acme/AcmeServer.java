package io.tradeflood.acme;

import io.tradeflood.live.BookSink;
import io.tradeflood.live.BookStream;
import io.tradeflood.live.BookUpdate;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.FeedSource;
import io.tradeflood.live.FeedState;
import io.tradeflood.turn.Act;
import io.tradeflood.turn.Call;
import io.tradeflood.turn.Cost;
import io.tradeflood.turn.Description;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What Acme holds, and who called. A candle's open is the number of its bar, a trade's id its
 * number; trade n is at the second n of 2025. Connectors find their server by the setting {@code
 * server}.
 */
public final class AcmeServer implements AutoCloseable {
  /** Trade 0. */
  public static final Instant FIRST_TRADE = Instant.parse("2025-01-01T00:00:00Z");

  private static final Map<String, AcmeServer> SERVERS = new ConcurrentHashMap<>();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String name = "acme-" + NUMBER.incrementAndGet();
  private final List<String> calls = new ArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private volatile Instant time;
  private volatile Predicate<String> refuses = _ -> false;
  private volatile Predicate<String> holds = _ -> false;
  private volatile Predicate<Instant> empty = _ -> false;
  private final Map<String, BlockingQueue<Long>> marks = new ConcurrentHashMap<>();
  private volatile int trades = 10_000;

  /** At a moment of its clock. */
  public AcmeServer(Instant time) {
    this.time = time;
    SERVERS.put(name, this);
  }

  /** The server of the name. */
  static AcmeServer of(Optional<String> name) {
    return name.map(SERVERS::get).orElseThrow();
  }

  /** What connectors find it by. */
  public String name() {
    return name;
  }

  /** Its clock. */
  public Instant time() {
    return time;
  }

  /** Moves its clock. */
  public AcmeServer time(Instant now) {
    time = now;
    return this;
  }

  /** Refuses some calls. */
  public AcmeServer refuses(Predicate<String> which) {
    refuses = which;
    return this;
  }

  /** Holds some calls back until {@link #release}. */
  public AcmeServer holds(Predicate<String> which) {
    holds = which;
    return this;
  }

  /** Lets go what it holds back. */
  public void release() {
    gate.countDown();
  }

  /** Has no candle at some times. */
  public AcmeServer empty(Predicate<Instant> when) {
    empty = when;
    return this;
  }

  boolean isEmpty(Instant when) {
    return empty.test(when);
  }

  /** So many trades. */
  public AcmeServer trades(int count) {
    trades = count;
    return this;
  }

  /** What it says of a mark price; waits for the next one. */
  long mark(String symbol) {
    try {
      return marks(symbol).take();
    } catch (InterruptedException e) {
      throw new Failure.Cancelled("mark " + symbol);
    }
  }

  /** What it says of a mark price, an answer each. */
  public BlockingQueue<Long> marks(String symbol) {
    return marks.computeIfAbsent(symbol, _ -> new LinkedBlockingQueue<>());
  }

  /** How many trades there are. */
  public int trades() {
    return trades;
  }

  /** The calls that came, in their order. */
  public List<String> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /** The calls that came, to one endpoint. */
  public List<String> calls(String endpoint) {
    return calls().stream().filter(call -> call.startsWith(endpoint + " ")).toList();
  }

  /** Forgets who called, and allows it again. */
  public void forget() {
    synchronized (calls) {
      calls.clear();
    }
  }

  /** Something that reaches out to this server; it dies if the same is asked twice. */
  <T> Act<T, T> act(String what, long weight, Supplier<T> answer) {
    return new Act<>() {
      @Override
      public Description describe(Call<?> call) {
        return new Description(
            what,
            "acme." + call.endpoint(),
            "direct",
            List.of(new Cost("acme weight", weight, 1_000, Duration.ofMinutes(1))));
      }

      @Override
      public T perform(Call<?> call) throws InterruptedException {
        synchronized (calls) {
          if (calls.contains(what) && !call.endpoint().equals("mark"))
            throw new Failure.Bug("asked twice: " + what);
          calls.add(what);
        }
        if (holds.test(what)) gate.await();
        if (refuses.test(what)) throw new Failure.Refused("Acme said no to " + what, "7", 400);
        return answer.get();
      }

      @Override
      public T read(T raw) {
        return raw;
      }
    };
  }

  private final Map<String, FeedSource<Long>> feeds = new ConcurrentHashMap<>();
  private final AtomicInteger subscriptions = new AtomicInteger();

  /** What it tells subscribers of a symbol: numbers of trades. */
  public FeedSource<Long> feed(String symbol) {
    return feeds.computeIfAbsent(symbol, _ -> new FeedSource<>());
  }

  /** How many subscriptions are open. */
  public int subscriptions() {
    return subscriptions.get();
  }

  /** A feed that is let go when it is closed. */
  private record Subscription(Feed<Long> feed, AtomicInteger open)
      implements Feed<Long>, AutoCloseable {
    @Override
    public Attachment attach(FeedSink<? super Long> sink) {
      return feed.attach(sink);
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }

  /** Subscribes to what it tells of a symbol. */
  Act<?, Feed<Long>> subscription(String symbol) {
    return act(
        "subscribe " + symbol,
        1,
        () -> {
          subscriptions.incrementAndGet();
          return new Subscription(feed(symbol), subscriptions);
        });
  }

  private final Map<String, BookSink> books = new ConcurrentHashMap<>();
  private final BookUpdate update = new BookUpdate();

  /** Who is told of a symbol's book, if anybody is. */
  public Optional<BookSink> book(String symbol) {
    return Optional.ofNullable(books.get(symbol));
  }

  /** Tells of a book: one bid, at a price, with a size of the change's number. */
  public void tellsBook(String symbol, long number, long price) {
    update.begin(false).sequence(number, number).level(true, price, 0, number, 0);
    book(symbol).orElseThrow().update(update, 0);
  }

  /** Subscribes to a book. */
  Act<?, BookStream> bookSubscription(String symbol) {
    return act("subscribe book " + symbol, 1, () -> new Books(symbol));
  }

  private final class Books implements BookStream {
    private final String symbol;

    Books(String symbol) {
      this.symbol = symbol;
    }

    @Override
    public Feed.Attachment attach(BookSink sink) {
      books.put(symbol, sink);
      sink.state(new FeedState.Connected(), Instant.EPOCH);
      return () -> books.remove(symbol, sink);
    }

    @Override
    public void renew(String reason) {
      throw new AssertionError("nobody asked for that: " + reason);
    }
  }

  @Override
  public void close() {
    release();
    SERVERS.remove(name);
  }
}
