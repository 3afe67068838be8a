package io.tradeflood.simulator;

import io.tradeflood.simulator.wire.Delivery;
import io.tradeflood.simulator.wire.Json;
import io.tradeflood.simulator.wire.Request;
import io.tradeflood.simulator.wire.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Chaos at work: counts what each rule has seen and spoils answers. */
final class Havoc {
  private static final int MOST_GARBAGE = 512;

  private final Chaos chaos;
  private final InstantSource clock;
  private final List<AtomicLong> seen;

  Havoc(Chaos chaos, InstantSource clock) {
    this.chaos = chaos;
    this.clock = clock;
    this.seen = chaos.rules().stream().map(rule -> new AtomicLong()).toList();
  }

  Chaos chaos() {
    return chaos;
  }

  /** The answer as it will be; waits where it must. */
  Response spoil(Request request, Response answer) {
    Response spoiled = answer;
    for (int i = 0; i < chaos.rules().size(); i++) {
      Chaos.Rule rule = chaos.rules().get(i);
      if (request.path().startsWith(rule.path())) {
        long n = seen.get(i).incrementAndGet();
        SplittableRandom random = new SplittableRandom(chaos.seed() * 31 + i * 1_000_003L + n);
        if (happens(rule.when(), n, random)) {
          spoiled = spoil(rule.fault(), request, spoiled, random);
        }
      }
    }
    return spoiled;
  }

  private static boolean happens(Chaos.When when, long n, SplittableRandom random) {
    return switch (when) {
      case Chaos.When.Always() -> true;
      case Chaos.When.Chance(double probability) -> random.nextDouble() < probability;
      case Chaos.When.Every(int every) -> n % every == 0;
    };
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
