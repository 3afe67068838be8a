package io.tradeflood.bench.history;

import io.tradeflood.Request;
import io.tradeflood.Rows;
import io.tradeflood.TradeFlood;
import io.tradeflood.model.Candle;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.TimeRange;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** TradeFlood as a program uses it, in a JVM of its own, as cold as a program starts. */
final class OurChild {
  private OurChild() {}

  /**
   * Arguments: {@code pull TIMES VENUE FROM TO}, {@code readers NUMBER VENUE FROM TO} or {@code
   * until LENGTH FROM TO}, the length such as {@code 4s} or, for full minutes, {@code 2m}; then
   * each venue and where it is, such as {@code BITGET_SPOT=http://127.0.0.1:9100}.
   */
  public static void main(String[] arguments) throws Exception {
    var words = Stream.of(arguments).filter(word -> !word.contains("=")).toList();
    var venues = new EnumMap<Venue, URI>(Venue.class);
    for (var word : arguments)
      if (word.contains("=")) {
        int at = word.indexOf('=');
        venues.put(Venue.valueOf(word.substring(0, at)), URI.create(word.substring(at + 1)));
      }
    var builder = TradeFlood.builder();
    venues.forEach((venue, host) -> builder.host(venue.hostName(), host));
    try (var flood = builder.build()) {
      run(flood, words, List.copyOf(venues.keySet()));
    }
  }

  private static void run(TradeFlood flood, List<String> words, List<Venue> venues)
      throws Exception {
    var span =
        new Span(
            Instant.parse(words.get(words.size() - 2)), Instant.parse(words.get(words.size() - 1)));
    switch (words.getFirst()) {
      case "pull" -> {
        for (int i = 0; i < Integer.parseInt(words.get(1)); i++)
          pull(flood, request(words.get(2), "1m", span));
      }
      case "readers" -> readers(flood, Integer.parseInt(words.get(1)), words.get(2), span);
      case "until" -> until(flood, end(words.get(1)), venues, span);
      default -> throw new IllegalArgumentException(words.getFirst() + " is not known");
    }
  }

  private static Instant end(String length) {
    Instant now = Instant.now();
    int number = Integer.parseInt(length, 0, length.length() - 1, 10);
    return length.endsWith("s")
        ? now.plusSeconds(number)
        : now.truncatedTo(ChronoUnit.MINUTES).plus(number + 1, ChronoUnit.MINUTES);
  }

  private static Request<Candle> request(String venueName, String interval, Span span) {
    var venue = Venue.valueOf(venueName);
    return request(venue, venue.symbols().getFirst(), interval, span);
  }

  private static Request<Candle> request(Venue venue, String symbol, String interval, Span span) {
    return Request.of(
        venue.exchange(),
        Candle.class,
        new CandleQuery(
            Symbol.of(symbol), Interval.parse(interval), new TimeRange(span.from(), span.to())));
  }

  private static void pull(TradeFlood flood, Request<Candle> request) {
    var watch = new Stopwatch();
    var rows = flood.pull(request).orThrow();
    System.out.println(watch.said());
    var digest = new Digest();
    rows.forEach(row -> add(row, digest));
    System.out.println("rows " + digest.rows() + " " + digest.hex());
  }

  private static void add(Candle row, Digest digest) {
    digest.add(
        row.time().toEpochMilli(), row.open(), row.high(), row.low(), row.close(), row.volume());
  }

  /** Reads from several venues at once until a moment; says for each how many rows came. */
  private static void until(TradeFlood flood, Instant end, List<Venue> venues, Span span)
      throws Exception {
    var watch = new Stopwatch();
    System.out.println("time " + Instant.now() + " " + end);
    var counts = all(venues, venue -> () -> readUntil(flood, venue, span, end));
    for (int i = 0; i < venues.size(); i++)
      System.out.println("venue " + venues.get(i) + " " + counts.get(i));
    System.out.println(watch.said());
  }

  /** How many rows came of the venue's symbols, each a minute after the one before. */
  private static long readUntil(TradeFlood flood, Venue venue, Span span, Instant end) {
    long count = 0;
    for (var symbol : venue.symbols())
      if (Instant.now().isBefore(end))
        count += readUntil(flood, request(venue, symbol, "1m", span), end);
    return count;
  }

  private static long readUntil(TradeFlood flood, Request<Candle> request, Instant end) {
    long count = 0;
    try (var run = flood.plan(List.of(request)).run();
        Rows<Candle> rows = run.rows(request)) {
      var stop = Thread.ofVirtual().start(() -> cancelAt(end, run::cancel));
      var next = ((CandleQuery) request.query()).window().from().orElseThrow();
      while (rows.hasNext()) {
        Candle row = rows.next();
        if (!row.time().equals(next) && !Instant.now().isBefore(end))
          break; // what was under way when it was cancelled is missing; what came already is not
        if (!row.time().equals(next))
          throw new IllegalStateException(
              "after %d rows came %s, expected %s".formatted(count, row.time(), next));
        next = row.interval().next(next);
        count++;
      }
      stop.interrupt();
      if (Instant.now().isBefore(end) && rows.failure().isPresent()) throw rows.failure().get();
    }
    return count;
  }

  private static void cancelAt(Instant end, Runnable cancel) {
    try {
      Thread.sleep(Duration.between(Instant.now(), end));
      cancel.run();
    } catch (InterruptedException _) {
      // it has ended by itself
    }
  }

  /** The same minutes, five minutes and hours for several readers, each with a plan of its own. */
  private static void readers(TradeFlood flood, int number, String venue, Span span)
      throws Exception {
    var requests =
        List.of(request(venue, "1m", span), request(venue, "5m", span), request(venue, "1h", span));
    var barrier = new CyclicBarrier(number);
    var watch = new Stopwatch();
    var names = new ArrayList<String>();
    for (int i = 0; i < number; i++) names.add("reader " + i);
    var said =
        all(
            names,
            _ ->
                () -> {
                  barrier.await();
                  return readAll(flood, requests);
                });
    System.out.println(watch.said());
    var distinct = new HashSet<>(said);
    if (distinct.size() > 1)
      throw new IllegalStateException("the readers did not read the same: " + distinct);
    System.out.println("rows " + said.getFirst());
  }

  private static String readAll(TradeFlood flood, List<Request<Candle>> requests) throws Exception {
    try (var run = flood.plan(requests).run()) {
      var digests =
          all(
              requests,
              request ->
                  () -> {
                    var digest = new Digest();
                    try (Rows<Candle> rows = run.rows(request)) {
                      while (rows.hasNext()) add(rows.next(), digest);
                      if (rows.failure().isPresent()) throw rows.failure().get();
                    }
                    return digest;
                  });
      long rows = digests.stream().mapToLong(Digest::rows).sum();
      return rows + " " + String.join("+", digests.stream().map(Digest::hex).toList());
    }
  }

  @FunctionalInterface
  private interface Work<T, R> {
    Callable<R> of(T what);
  }

  /** Does the same with each at once, on virtual threads; the first failure is the failure. */
  private static <T, R> List<R> all(List<T> what, Work<T, R> work) throws Exception {
    var results = new ArrayList<R>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Future<R>>();
      for (T one : what) tasks.add(threads.submit(work.of(one)));
      for (var task : tasks) results.add(task.get());
    }
    return results;
  }
}
