package io.tradeflood.simulator;

import io.tradeflood.simulator.stream.Fates;
import io.tradeflood.simulator.wire.Delivery;
import io.tradeflood.simulator.wire.Json;
import io.tradeflood.simulator.wire.Request;
import io.tradeflood.simulator.wire.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Chaos at work: counts what each rule has seen and spoils answers and streams. */
final class Havoc implements Fates {
  private static final int MOST_GARBAGE = 512;

  private final Chaos chaos;
  private final InstantSource clock;
  private final Consumer<String> played;
  private final List<Occasions> occasions;
  private final boolean ofStreams;

  /** What a rule has seen so far. */
  private static final class Occasions {
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong last;

    Occasions(long start) {
      this.last = new AtomicLong(start);
    }
  }

  /**
   * @param clock the present of the market
   * @param played is told the name of each fault that happens
   */
  Havoc(Chaos chaos, InstantSource clock, Consumer<String> played) {
    this.chaos = chaos;
    this.clock = clock;
    this.played = played;
    long start = System.nanoTime();
    this.occasions = chaos.rules().stream().map(rule -> new Occasions(start)).toList();
    this.ofStreams = chaos.rules().stream().anyMatch(rule -> rule.fault() instanceof StreamFault);
  }

  Chaos chaos() {
    return chaos;
  }

  /** The answer as it will be; waits where it must. */
  Response spoil(Request request, Response answer) {
    Response spoiled = answer;
    for (int i = 0; i < chaos.rules().size(); i++) {
      Chaos.Fault fault = chaos.rules().get(i).fault();
      if (!(fault instanceof StreamFault || fault instanceof Chaos.Fault.OldSnapshot)) {
        Optional<SplittableRandom> random = happens(i, request.path());
        if (random.isPresent()) {
          played.accept(fault.name());
          spoiled = spoil(fault, request, spoiled, random.get());
        }
      }
    }
    return spoiled;
  }

  /** By how much the order book that is asked for is to be out of date. */
  Duration age(Request request) {
    for (int i = 0; i < chaos.rules().size(); i++) {
      if (chaos.rules().get(i).fault() instanceof Chaos.Fault.OldSnapshot(Duration age)
          && happens(i, request.path()).isPresent()) {
        played.accept("oldsnapshot");
        return age;
      }
    }
    return Duration.ZERO;
  }

  /** Whether a rule strikes this time, with its chance for the rest. */
  private Optional<SplittableRandom> happens(int rule, String path) {
    Chaos.Rule its = chaos.rules().get(rule);
    if (!path.startsWith(its.path())) {
      return Optional.empty();
    }
    Occasions occasion = occasions.get(rule);
    long n = occasion.seen.incrementAndGet();
    SplittableRandom random = new SplittableRandom(chaos.seed() * 31 + rule * 1_000_003L + n);
    boolean happens =
        switch (its.when()) {
          case Chaos.When.Always() -> true;
          case Chaos.When.Chance(double probability) -> random.nextDouble() < probability;
          case Chaos.When.Every(int every) -> n % every == 0;
          case Chaos.When.Timed(Duration every) -> isTime(occasion.last, every.toNanos());
        };
    return happens ? Optional.of(random) : Optional.empty();
  }

  private static boolean isTime(AtomicLong last, long every) {
    long before = last.get();
    long now = System.nanoTime();
    return now - before >= every && last.compareAndSet(before, now);
  }

  @Override
  public Fate message(String path) {
    if (!ofStreams) {
      return Fate.WELL;
    }
    for (int i = 0; i < chaos.rules().size(); i++) {
      if (chaos.rules().get(i).fault() instanceof StreamFault fault) {
        Optional<Fate> one = fate(fault);
        if (one.isPresent() && happens(i, path).isPresent()) {
          played.accept(fault.name());
          return one.get();
        }
      }
    }
    return Fate.WELL;
  }

  /** What a fault does to a message, if it does anything. */
  private static Optional<Fate> fate(StreamFault fault) {
    return switch (fault) {
      case StreamFault.Drop() -> Optional.of(Fate.DROPPED);
      case StreamFault.Repeat() -> Optional.of(Fate.REPEATED);
      case StreamFault.Reorder() -> Optional.of(Fate.REORDERED);
      case StreamFault.Cut() -> Optional.of(Fate.CUT);
      case StreamFault.Stall(Duration time) -> Optional.of(Fate.stall(time));
      case StreamFault.Refuse(),
          StreamFault.Disconnect(_, _),
          StreamFault.Lifetime(_),
          StreamFault.WrongChecksum() ->
          Optional.empty();
    };
  }

  @Override
  public boolean refused(String path) {
    return strikes(StreamFault.Refuse.class, path);
  }

  @Override
  public boolean wrongChecksum(String path) {
    return strikes(StreamFault.WrongChecksum.class, path);
  }

  private boolean strikes(Class<? extends StreamFault> kind, String path) {
    if (!ofStreams) {
      return false;
    }
    for (int i = 0; i < chaos.rules().size(); i++) {
      Chaos.Fault fault = chaos.rules().get(i).fault();
      if (kind.isInstance(fault) && happens(i, path).isPresent()) {
        played.accept(fault.name());
        return true;
      }
    }
    return false;
  }

  @Override
  public Optional<Duration> disconnect(String path) {
    for (int i = 0; i < chaos.rules().size(); i++) {
      if (chaos.rules().get(i).fault()
          instanceof StreamFault.Disconnect(Duration time, Duration jitter)) {
        Optional<SplittableRandom> random = happens(i, path);
        if (random.isPresent()) {
          long more = jitter.isZero() ? 0 : random.get().nextLong(jitter.toNanos());
          return Optional.of(time.plusNanos(more));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<Duration> lifetime(String path) {
    for (int i = 0; i < chaos.rules().size(); i++) {
      if (chaos.rules().get(i).fault() instanceof StreamFault.Lifetime(Duration time)
          && happens(i, path).isPresent()) {
        return Optional.of(time);
      }
    }
    return Optional.empty();
  }

  @Override
  public void disconnected() {
    played.accept("disconnect");
  }

  @Override
  public void outlived() {
    played.accept("lifetime");
  }

  private Response spoil(
      Chaos.Fault fault, Request request, Response answer, SplittableRandom random) {
    return switch (fault) {
      case Chaos.Fault.Latency(Duration time, Duration jitter) -> {
        pause(time.plusNanos(jitter.isZero() ? 0 : random.nextLong(jitter.toNanos())));
        yield answer;
      }
      case Chaos.Fault.Error(int status, String code) -> error(request, status, code);
      case Chaos.Fault.Truncate() ->
          answer.deliveredBy(new Delivery.Cut(part(answer.body(), random)));
      case Chaos.Fault.BrokenJson() ->
          answer.withBody(Arrays.copyOf(answer.body(), part(answer.body(), random)));
      case Chaos.Fault.EmptyList() -> emptied(answer);
      case Chaos.Fault.Slow(int bytesPerSecond) ->
          answer.deliveredBy(new Delivery.Slow(bytesPerSecond));
      case Chaos.Fault.Reset() ->
          answer.deliveredBy(new Delivery.Reset(part(answer.body(), random)));
      case Chaos.Fault.Mute(Duration time) -> answer.deliveredBy(new Delivery.Mute(time));
      case Chaos.Fault.Garbage() -> answer.deliveredBy(new Delivery.Garbage(garbage(random)));
      case Chaos.Fault.OldSnapshot(_) -> answer;
      case StreamFault _ -> answer;
    };
  }

  /** Some length below the whole; of anything but an empty body. */
  private static int part(byte[] body, SplittableRandom random) {
    return body.length == 0 ? 0 : random.nextInt(body.length);
  }

  private static byte[] garbage(SplittableRandom random) {
    byte[] bytes = new byte[1 + random.nextInt(MOST_GARBAGE)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** An error as the exchange of the path writes it. */
  private Response error(Request request, int status, String code) {
    String message = "An error made by the simulator";
    Json json = new Json().beginObject();
    if (request.path().startsWith("/api/v2/")) {
      json.field("code", code.isEmpty() ? Integer.toString(status) : code).field("msg", message);
      json.field("requestTime", clock.millis()).name("data").nothing();
    } else {
      json.field("code", code.matches("-?\\d{1,9}") ? Long.parseLong(code) : -1000)
          .field("msg", message);
    }
    Response response = Response.json(status, json.endObject());
    return status == 429 || status == 418 || status == 503
        ? response.with("Retry-After", "1")
        : response;
  }

  private static Response emptied(Response answer) {
    String body = answer.text();
    int data = body.indexOf("\"data\":[");
    if (body.startsWith("[")) {
      return answer.withBody("[]".getBytes(StandardCharsets.UTF_8)).withRows(0);
    }
    if (data < 0) {
      return answer;
    }
    String empty = body.substring(0, data) + "\"data\":[]}";
    return answer.withBody(empty.getBytes(StandardCharsets.UTF_8)).withRows(0);
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
