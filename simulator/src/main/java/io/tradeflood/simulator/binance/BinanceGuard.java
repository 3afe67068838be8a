package io.tradeflood.simulator.binance;

import io.tradeflood.simulator.limit.LimitOptions;
import io.tradeflood.simulator.limit.Window;
import io.tradeflood.simulator.wire.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The limits of one host: 429 with {@code Retry-After} beyond the weight of a window, and for those
 * who go on a ban (418) of two minutes that doubles each time, up to three days.
 */
final class BinanceGuard {
  static final long SPOT_WEIGHT = 6000;
  static final long FUTURES_WEIGHT = 2400;
  static final long RAW_REQUESTS = 300_000;

  private static final Duration FIRST_BAN = Duration.ofMinutes(2);
  private static final Duration LONGEST_BAN = Duration.ofDays(3);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  private final LimitOptions options;
  private final Window weight;
  private final Window requests;
  private final Map<String, Window> special;
  private final Map<String, Ban> bans = new ConcurrentHashMap<>();

  /** When a client was banned until, and how often it has been. */
  private record Ban(long until, int times) {}

  /** Whether a request may pass. */
  record Verdict(long usedWeight, Optional<Response> refusal) {}

  private BinanceGuard(
      String name, LimitOptions options, long weightLimit, Map<String, Window> special) {
    this.options = options;
    this.weight = options.window(name + " weight", weightLimit, MINUTE);
    this.requests = options.window(name + " requests", RAW_REQUESTS, FIVE_MINUTES);
    this.special = special;
  }

  static BinanceGuard spot(LimitOptions options) {
    return new BinanceGuard("binance spot", options, SPOT_WEIGHT, Map.of());
  }

  /** Of contracts; {@code name} is that of the host. */
  static BinanceGuard futures(String name, LimitOptions options) {
    return new BinanceGuard(
        name,
        options,
        FUTURES_WEIGHT,
        Map.of(
            "funding", options.window(name + " funding", 500, FIVE_MINUTES),
            "data", options.window(name + " data", 1000, FIVE_MINUTES)));
  }

  /** Counts a request; {@code own} names a limit that some endpoints have for themselves. */
  Verdict admit(String client, int requestWeight, Optional<String> own, long now) {
    Ban ban = bans.get(client);
    if (options.on() && ban != null && now < ban.until) {
      return new Verdict(0, Optional.of(banned(ban, now)));
    }
    Window.Use used = weight.add(client, requestWeight, now);
    Window.Use sent = requests.add(client, 1, now);
    Optional<Window> ownWindow = own.map(special::get);
    boolean ownBroken =
        ownWindow.map(window -> window.add(client, 1, now).used() > window.limit()).orElse(false);
    if (!options.on()) {
      return new Verdict(used.used(), Optional.empty());
    }
    if (used.requests() > options.patience()) {
      Ban next = ban(client, now);
      return new Verdict(used.used(), Optional.of(banned(next, now)));
    }
    if (used.used() > weight.limit()) {
      return new Verdict(
          used.used(), Optional.of(limited(weight, "request weight per 1 MINUTE", now)));
    }
    if (sent.used() > requests.limit()) {
      return new Verdict(
          used.used(), Optional.of(limited(requests, "requests per 5 MINUTES", now)));
    }
    if (ownBroken) {
      Window broken = ownWindow.orElseThrow();
      return new Verdict(used.used(), Optional.of(limited(broken, "requests per 5 MINUTES", now)));
    }
    return new Verdict(used.used(), Optional.empty());
  }

  private Ban ban(String client, long now) {
    return bans.merge(
        client,
        new Ban(now + FIRST_BAN.toMillis(), 1),
        (before, first) -> {
          long doubled = FIRST_BAN.toMillis() << Math.min(before.times, 20);
          return new Ban(now + Math.min(doubled, LONGEST_BAN.toMillis()), before.times + 1);
        });
  }

  private static Response limited(Window window, String what, long now) {
    String message =
        "Too much request weight used; current limit is %d %s. Please use WebSocket Streams for live updates to avoid polling the API."
            .formatted(window.limit(), what);
    return refusal(429, message, window.untilReset(now));
  }

  private static Response banned(Ban ban, long now) {
    String message =
        "Way too much request weight used; IP banned until %d. Please use WebSocket Streams for live updates to avoid bans."
            .formatted(ban.until);
    return refusal(418, message, ban.until - now);
  }

  private static Response refusal(int status, String message, long waitMillis) {
    return BinanceError.answer(status, -1003, message)
        .with("Retry-After", Long.toString(Math.ceilDiv(waitMillis, 1000)));
  }

  List<Window> windows() {
    List<Window> all = new ArrayList<>(List.of(weight, requests));
    all.addAll(special.values());
    return all;
  }

  void reset() {
    windows().forEach(Window::reset);
    bans.clear();
  }
}
