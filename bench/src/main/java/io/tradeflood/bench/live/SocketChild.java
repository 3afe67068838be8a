package io.tradeflood.bench.live;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.live.Arrival;
import io.tradeflood.live.Event;
import io.tradeflood.live.FeedReader;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.FeedState;
import io.tradeflood.live.Overflow;
import io.tradeflood.live.ReadOptions;
import io.tradeflood.model.BookChange;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Symbol;
import io.tradeflood.turn.Failure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/**
 * TradeFlood as a program uses it, reading from a {@link StreamServer}. As fast as messages come it
 * prints {@code least} and {@code median} (ns of the processors a message), {@code loop} (those of
 * the thread that reads the socket), {@code elapsed} (ns a message) and {@code bytes} (allocated a
 * message by that thread); at a pace, quantiles in ns {@code from} the server and {@code inside}
 * from the socket to the reader, the {@code pace}, and how many were {@code dropped}.
 */
final class SocketChild {
  private static final int SAMPLES = 15;

  /** Deeper than the streams of the best levels, so that the whole book is kept. */
  private static final int DEPTH = 25;

  private static final Duration LOOKS = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final FeedReader<?> reader;
  private final long nanos;

  private SocketChild(FeedReader<?> reader, long nanos) {
    this.reader = reader;
    this.nanos = nanos;
  }

  /**
   * Arguments: {@code flood}, {@code pace}, {@code told}, {@code bare} or {@code relay}, the {@link
   * Manner}, the server's port and that of its stream, the folder with its certificate,
   * milliseconds.
   */
  public static void main(String[] arguments) throws Exception {
    var manner = Manner.of(arguments[1]);
    var server = URI.create("http://127.0.0.1:" + arguments[2]);
    var stream = URI.create((manner == Manner.TLS ? "wss" : "ws") + "://127.0.0.1:" + arguments[3]);
    long nanos = Long.parseLong(arguments[5]) * 1_000_000;
    if (arguments[0].equals("bare") || arguments[0].equals("relay")) {
      new BareReader(server, arguments[0].equals("relay")).run(nanos);
      return;
    }
    var builder =
        TradeFlood.builder()
            .host("binance.spot-rest", server)
            .host("binance.spot-stream", stream)
            .setting("", "stream.deflate", String.valueOf(manner == Manner.PACKED));
    if (manner == Manner.TLS)
      builder.setting(
          "", "net.trust", new Identity(Path.of(arguments[4])).certificate().toString());
    watch(builder, server, arguments[0], nanos);
  }

  private static void watch(TradeFlood.Builder builder, URI server, String how, long nanos)
      throws Exception {
    boolean flooded = how.equals("flood");
    try (var flood = builder.build()) {
      var query =
          new BookQuery(
              Symbol.of("BTC/USDT"), flooded ? OptionalInt.of(DEPTH) : OptionalInt.empty());
      Request<?> request =
          flooded
              ? Request.of("binance", OrderBook.class, query)
              : Request.of("binance", BookChange.class, query);
      var options = ReadOptions.standard();
      try (var watch = flood.watch(List.of(request));
          var reader =
              watch.feed(request).read(flooded ? options.overflow(Overflow.CONFLATE) : options)) {
        var child = new SocketChild(reader, nanos);
        child.begin(server);
        switch (how) {
          case "flood" -> child.flood();
          case "told" -> {
            var told = new Told(nanos);
            reader.close();
            try (var _ = watch.feed(request).attach(told)) {
              told.await();
            }
          }
          default -> child.pace();
        }
      }
    }
  }

  /** The book stands by its first change; the others may come. */
  private void begin(URI server) throws IOException, InterruptedException {
    while (!(event() instanceof Event.Data<?>)) {
      // it connects
    }
    ask(server, "/go");
  }

  static void ask(URI server, String path) throws IOException {
    try (var answer = server.resolve(path).toURL().openStream()) {
      answer.readAllBytes();
    }
  }

  private Event<?> event() throws InterruptedException {
    var event = reader.poll(LONGEST);
    if (event.isEmpty())
      throw new IllegalStateException("nothing comes: " + reader.failure().map(Object::toString));
    if (event.get() instanceof Event.Status<?>(FeedState.Desynced(var reason), _))
      throw new IllegalStateException("the book broke: " + reason);
    return event.get();
  }

  /** The number of the newest message that the book has. */
  private long newest() throws InterruptedException {
    while (true) if (event() instanceof Event.Data<?> data) return data.sequence();
  }

  private void look(long until) throws InterruptedException {
    while (System.nanoTime() < until) {
      newest();
      Thread.sleep(LOOKS);
    }
  }

  private void flood() throws InterruptedException {
    look(System.nanoTime() + nanos);
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] loop = loop(threads);
    var used = new double[SAMPLES];
    var looped = new double[SAMPLES];
    var elapsed = new double[SAMPLES];
    var bytes = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      long before = newest();
      long cpu = system.getProcessCpuTime();
      long own = LongStream.of(threads.getThreadCpuTime(loop)).sum();
      long made = LongStream.of(threads.getThreadAllocatedBytes(loop)).sum();
      long began = System.nanoTime();
      look(began + nanos / SAMPLES);
      double told = newest() - before;
      elapsed[i] = (System.nanoTime() - began) / told;
      used[i] = (system.getProcessCpuTime() - cpu) / told;
      looped[i] = (LongStream.of(threads.getThreadCpuTime(loop)).sum() - own) / told;
      bytes[i] = (LongStream.of(threads.getThreadAllocatedBytes(loop)).sum() - made) / told;
    }
    Arrays.sort(used);
    System.out.println("least " + used[0]);
    System.out.println("median " + used[SAMPLES / 2]);
    System.out.println("loop " + least(looped));
    System.out.println("elapsed " + least(elapsed));
    System.out.println("bytes " + least(bytes));
  }

  private static double least(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  private static long[] loop(ThreadMXBean threads) {
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().startsWith("tradeflood-stream"))
        .mapToLong(java.lang.management.ThreadInfo::getThreadId)
        .toArray();
  }

  private void pace() throws Exception {
    // Readers wait best on a virtual thread.
    var failure = new CompletableFuture<Void>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                read();
                failure.complete(null);
              } catch (InterruptedException | RuntimeException wrong) {
                failure.completeExceptionally(wrong);
              }
            });
    failure.get();
  }

  private void read() throws InterruptedException {
    var lateness = new Lateness(nanos);
    long dropped = reader.dropped();
    while (!lateness.isOver())
      if (event() instanceof Event.Data<?> data && data.row() instanceof BookChange change)
        lateness.add(change, data.received());
    System.out.println("dropped " + (reader.dropped() - dropped));
    lateness.print();
  }

  /** Is told on the thread that reads the socket. */
  private static final class Told implements FeedSink<Object> {
    private final Lateness lateness;
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    Told(long nanos) {
      lateness = new Lateness(nanos);
    }

    @Override
    public void rows(List<?> rows, Arrival arrival) {
      if (over.isDone()) return;
      for (Object row : rows)
        if (row instanceof BookChange change) lateness.add(change, arrival.received());
      if (lateness.isOver()) over.complete(null);
    }

    @Override
    public void state(FeedState state, Instant received) {
      if (state instanceof FeedState.Desynced(var reason))
        over.completeExceptionally(new IllegalStateException("the book broke: " + reason));
    }

    @Override
    public void end(Optional<Failure> why) {
      over.completeExceptionally(new IllegalStateException("the feed ended: " + why));
    }

    void await() throws Exception {
      over.get();
      lateness.print();
    }
  }
}
