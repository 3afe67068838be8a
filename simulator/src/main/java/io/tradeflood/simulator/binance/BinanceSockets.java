package io.tradeflood.simulator.binance;

import io.tradeflood.simulator.limit.LimitOptions;
import io.tradeflood.simulator.limit.Window;
import io.tradeflood.simulator.market.Market;
import io.tradeflood.simulator.market.Venue;
import io.tradeflood.simulator.stream.Rules;
import io.tradeflood.simulator.stream.Session;
import io.tradeflood.simulator.stream.Sessions;
import io.tradeflood.simulator.stream.StreamOptions;
import io.tradeflood.simulator.wire.Request;
import io.tradeflood.simulator.wire.Response;
import io.tradeflood.simulator.wire.WebSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The streams of Binance: of {@code stream.binance.com} below {@code /ws} and {@code /stream}, of
 * {@code fstream.binance.com} below {@code /public} and {@code /market}. Since both are played at
 * one port, contracts have no address without a route here.
 */
public final class BinanceSockets {
  private static final Pattern PATH =
      Pattern.compile("(?:/(public|market))?/(?:(ws)(?:/(.*))?|stream)/?");
  private static final int MOST_BYTES = 64 * 1024;
  private static final int CONNECTS = 300;
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final Rules SPOT =
      new Rules(
          Optional.of(Duration.ofSeconds(20)),
          Duration.ofMinutes(1),
          Optional.empty(),
          5,
          1024,
          Optional.of(Duration.ofHours(24)),
          Duration.ofMinutes(10));
  private static final Rules CONTRACTS =
      new Rules(
          Optional.of(Duration.ofMinutes(3)),
          Duration.ofMinutes(10),
          Optional.empty(),
          10,
          1024,
          Optional.of(Duration.ofHours(24)),
          Duration.ofMinutes(10));

  private final Market market;
  private final InstantSource limitClock;
  private final LimitOptions limits;
  private final StreamOptions options;
  private final Window spotConnects;
  private final Window contractConnects;

  public BinanceSockets(
      Market market, InstantSource limitClock, LimitOptions limits, StreamOptions options) {
    this.market = market;
    this.limitClock = limitClock;
    this.limits = limits;
    this.options = options;
    this.spotConnects = limits.window("binance spot connects", CONNECTS, FIVE_MINUTES);
    this.contractConnects = limits.window("binance usdm connects", CONNECTS, FIVE_MINUTES);
  }

  /** Whether the path lies on one of the hosts played here. */
  public boolean owns(String path) {
    return PATH.matcher(path).matches();
  }

  /** The counters of all limits. */
  public List<Window> windows() {
    return List.of(spotConnects, contractConnects);
  }

  /** Forgets what was counted. */
  public void reset() {
    windows().forEach(Window::reset);
  }

  /** Answers who asks for a connection. */
  public Response accept(Request request, String client, Sessions sessions) {
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      throw new IllegalArgumentException("No streams are at " + request.path());
    }
    Optional<BinanceStreams.Route> route =
        Optional.ofNullable(path.group(1))
            .map(
                name ->
                    name.equals("public")
                        ? BinanceStreams.Route.PUBLIC
                        : BinanceStreams.Route.MARKET);
    Window connects = route.isPresent() ? contractConnects : spotConnects;
    long used = connects.add(client, 1, limitClock.millis()).used();
    if (limits.on() && used > connects.limit()) {
      return BinanceError.answer(429, -1003, "Too many connection attempts.")
          .with("Retry-After", Long.toString(connects.untilReset(limitClock.millis()) / 1000 + 1));
    }
    boolean combined = path.group(2) == null;
    List<String> names = combined ? named(request) : split(decoded(path.group(3)));
    Venue venue = route.isPresent() ? Venue.BINANCE_USDM : Venue.BINANCE_SPOT;
    BinanceStreams streams = new BinanceStreams(market, venue);
    Rules rules = options.applied(route.isPresent() ? CONTRACTS : SPOT).limitedBy(limits);
    return WebSocket.accept(
        request,
        options.deflate(),
        MOST_BYTES,
        deflate -> new Session(sessions, new BinanceTalk(streams, route, names, combined, rules)));
  }

  /** A plus is a blank to whoever reads parameters, but no name has a blank. */
  private static List<String> named(Request request) {
    return split(request.query().get("streams").orElse("").replace(' ', '+'));
  }

  private static List<String> split(String names) {
    return Arrays.stream(names.split("/", -1)).filter(name -> !name.isEmpty()).toList();
  }

  private static String decoded(@Nullable String path) {
    if (path == null) {
      return "";
    }
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return path;
    }
  }
}
