package io.tradeflood.simulator.bitget;

import io.tradeflood.simulator.limit.LimitOptions;
import io.tradeflood.simulator.limit.Window;
import io.tradeflood.simulator.market.Market;
import io.tradeflood.simulator.stream.Rules;
import io.tradeflood.simulator.stream.Session;
import io.tradeflood.simulator.stream.Sessions;
import io.tradeflood.simulator.stream.StreamOptions;
import io.tradeflood.simulator.wire.Request;
import io.tradeflood.simulator.wire.Response;
import io.tradeflood.simulator.wire.WebSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The streams of Bitget: of {@code ws.bitget.com} in version 2. */
public final class BitgetSockets {
  private static final String PATH = "/v2/ws/public";
  private static final int MOST_BYTES = 64 * 1024;
  private static final int CONNECTS = 300;
  private static final int SUBSCRIPTIONS = 240;
  private static final Rules RULES =
      new Rules(
          Optional.empty(),
          Duration.ZERO,
          Optional.of(Duration.ofMinutes(2)),
          10,
          1000,
          Optional.empty(),
          Duration.ZERO);

  private final Market market;
  private final InstantSource limitClock;
  private final LimitOptions limits;
  private final StreamOptions options;
  private final Window connects;

  public BitgetSockets(
      Market market, InstantSource limitClock, LimitOptions limits, StreamOptions options) {
    this.market = market;
    this.limitClock = limitClock;
    this.limits = limits;
    this.options = options;
    this.connects = limits.window("bitget connects", CONNECTS, Duration.ofMinutes(5));
  }

  /** Whether the path lies on the host played here. */
  public boolean owns(String path) {
    return path.equals(PATH);
  }

  /** The counters of all limits. */
  public List<Window> windows() {
    return List.of(connects);
  }

  /** Forgets what was counted. */
  public void reset() {
    connects.reset();
  }

  /** Answers who asks for a connection. */
  public Response accept(Request request, String client, Sessions sessions) {
    long used = connects.add(client, 1, limitClock.millis()).used();
    if (limits.on() && used > connects.limit()) {
      return Response.text(429, "text/plain", "Too Many Requests\n");
    }
    long subscriptions = limits.on() ? limits.limit(SUBSCRIPTIONS) : Long.MAX_VALUE;
    Rules rules = options.applied(RULES).limitedBy(limits);
    return WebSocket.accept(
        request,
        options.deflate(),
        MOST_BYTES,
        deflate -> new Session(sessions, new BitgetTalk(market, rules, subscriptions, limitClock)));
  }
}
