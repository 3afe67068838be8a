package io.tradeflood.simulator;

import io.tradeflood.simulator.binance.Binance;
import io.tradeflood.simulator.binance.BinanceSockets;
import io.tradeflood.simulator.bitget.Bitget;
import io.tradeflood.simulator.bitget.BitgetSockets;
import io.tradeflood.simulator.callback.AlertCaller;
import io.tradeflood.simulator.callback.AlertOptions;
import io.tradeflood.simulator.limit.Window;
import io.tradeflood.simulator.market.Market;
import io.tradeflood.simulator.oanda.Oanda;
import io.tradeflood.simulator.poll.Polls;
import io.tradeflood.simulator.stream.Sessions;
import io.tradeflood.simulator.wire.HttpServer;
import io.tradeflood.simulator.wire.Query;
import io.tradeflood.simulator.wire.Request;
import io.tradeflood.simulator.wire.Response;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * Exchanges in a box: one port that speaks the REST of Binance (spot and USD-M futures) and Bitget
 * (v2, spot and futures), and the WebSocket streams of the same, over a market made from a seed.
 * Below {@code /_simulator/} it speaks of itself: {@code GET stats}, {@code POST reset}, {@code
 * GET} and {@code POST chaos}.
 *
 * <p>Limits are counted by the address of the client, or by the header {@value #CLIENT_HEADER}
 * where it is sent.
 */
public final class Simulator implements AutoCloseable {
  /** The header by which a test plays several clients from one address. */
  public static final String CLIENT_HEADER = "X-Simulator-Client";

  private static final String CONTROL = "/_simulator/";
  private static final Pattern BOOK = Pattern.compile("/(depth|orderbook|merge-depth)$");

  private final Market market;
  private final Binance binance;
  private final Bitget bitget;
  private final BinanceSockets binanceSockets;
  private final BitgetSockets bitgetSockets;
  private final Oanda oanda;
  private final Polls polls;
  private final Sessions sessions;
  private final List<AlertCaller> callers = new CopyOnWriteArrayList<>();
  private final InstantSource clock;
  private final Counters counters = new Counters();
  private final HttpServer server;
  private volatile Havoc havoc;

  private Simulator(SimulatorOptions options) {
    this.clock = options.clock();
    this.market = new Market(options.seed(), options.coins());
    this.binance = new Binance(market, options.limitClock(), options.limits());
    this.bitget = new Bitget(market, options.limitClock(), options.limits());
    this.havoc = new Havoc(options.chaos(), options.clock(), counters::played);
    this.sessions =
        new Sessions(
            options.clock(),
            options.limitClock(),
            options.speed(),
            options.limits().on(),
            () -> havoc);
    this.binanceSockets =
        new BinanceSockets(market, options.limitClock(), options.limits(), options.streams());
    this.oanda = new Oanda(market, sessions);
    this.polls = new Polls(market, sessions);
    this.bitgetSockets =
        new BitgetSockets(market, options.limitClock(), options.limits(), options.streams());
    this.server =
        HttpServer.start(
            new InetSocketAddress(options.host(), options.port()), options.wire(), this::handle);
  }

  /** Starts one; it runs until it is closed. */
  public static Simulator start(SimulatorOptions options) {
    return new Simulator(options);
  }

  /** Starts one as {@link SimulatorOptions#defaults()} say. */
  public static Simulator start() {
    return start(SimulatorOptions.defaults());
  }

  /** Where it is: {@code http://127.0.0.1:9100}. */
  public URI baseUrl() {
    InetSocketAddress address = server.address();
    String host = address.getAddress().getHostAddress();
    return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
  }

  /**
   * The connectors that can be pointed here, by the names under which their hosts are overridden,
   * such as {@code binance.spot-rest}, each with the address to give it.
   */
  public SequencedMap<String, URI> hosts() {
    var hosts = new LinkedHashMap<String, URI>();
    Binance.HOSTS.forEach(name -> hosts.put(name, baseUrl()));
    Bitget.HOSTS.forEach(name -> hosts.put(name, baseUrl()));
    Binance.STREAM_HOSTS.forEach(name -> hosts.put(name, streamUrl()));
    Bitget.STREAM_HOSTS.forEach(name -> hosts.put(name, streamUrl()));
    hosts.put(Oanda.STREAM_HOST, baseUrl()); // lines of an answer that never ends
    return hosts;
  }

  /** Where its streams are: {@code ws://127.0.0.1:9100}, with the exchanges' own paths behind. */
  public URI streamUrl() {
    return URI.create(baseUrl().toString().replaceFirst("^http", "ws"));
  }

  public int port() {
    return server.address().getPort();
  }

  /** The market behind the answers. */
  public Market market() {
    return market;
  }

  /** What was done so far. */
  public Stats stats() {
    return counters.stats(windows(), server.accepted(), sessions);
  }

  /** Starts a caller of alerts; it ends with the simulator or when it is closed. */
  public AlertCaller alerts(AlertOptions wanted) {
    AlertCaller caller = AlertCaller.start(wanted, market, sessions);
    callers.add(caller);
    return caller;
  }

  /** Lets other things go wrong from now on. */
  public void chaos(Chaos chaos) {
    havoc = new Havoc(chaos, clock, counters::played);
  }

  /** What goes wrong. */
  public Chaos chaos() {
    return havoc.chaos();
  }

  /** Forgets the statistics and what the limits counted, and lifts all bans. */
  public void reset() {
    counters.reset();
    sessions.reset();
    binanceSockets.reset();
    bitgetSockets.reset();
    binance.reset();
    bitget.reset();
  }

  private List<Window> windows() {
    List<Window> windows = new ArrayList<>(binance.windows());
    windows.addAll(bitget.windows());
    windows.addAll(binanceSockets.windows());
    windows.addAll(bitgetSockets.windows());
    return windows;
  }

  private Response handle(Request request) {
    if (request.path().startsWith(CONTROL)) {
      return control(request);
    }
    String client = request.headers().first(CLIENT_HEADER).orElse(request.client());
    Response spoiled = havoc.spoil(request, answer(request, client));
    counters.count(request.path(), spoiled);
    return spoiled;
  }

  private Response answer(Request request, String client) {
    if (binanceSockets.owns(request.path())) {
      return binanceSockets.accept(request, client, sessions);
    }
    if (bitgetSockets.owns(request.path())) {
      return bitgetSockets.accept(request, client, sessions);
    }
    if (polls.owns(request.path())) {
      return polls.answer(request);
    }
    if (oanda.owns(request.path())) {
      return oanda.answer(request, clock.millis());
    }
    if (bitget.owns(request.path())) {
      return bitget.answer(request, client, present(request));
    }
    return binance.owns(request.path())
        ? binance.answer(request, client, present(request))
        : nobody(request);
  }

  /** The present, or a moment before it where an order book is to be old. */
  private long present(Request request) {
    boolean book = BOOK.matcher(request.path()).find();
    return clock.millis() - (book ? havoc.age(request).toMillis() : 0);
  }

  private static Response nobody(Request request) {
    return Response.text(
        404, "text/plain;charset=UTF-8", "No exchange played here has " + request.path() + "\n");
  }

  private Response control(Request request) {
    String what = request.method() + " " + request.path().substring(CONTROL.length());
    switch (what) {
      case "GET stats" -> {
        return Response.json(200, stats().json());
      }
      case "POST reset" -> {
        reset();
        return Response.text(200, "text/plain", "reset\n");
      }
      case "GET chaos" -> {
        return Response.text(200, "text/plain", chaos().text() + "\n");
      }
      case "POST chaos" -> {
        return newChaos(request.text());
      }
      case "POST alerts" -> {
        return newAlerts(request.query());
      }
      default -> {
        return Response.text(
            404,
            "text/plain",
            "GET stats, POST reset, GET chaos, POST chaos or POST alerts, was " + what + "\n");
      }
    }
  }

  private Response newChaos(String rules) {
    try {
      chaos(Chaos.parse(rules).withSeed(chaos().seed()));
      return Response.text(200, "text/plain", chaos().text() + "\n");
    } catch (IllegalArgumentException e) {
      return Response.text(400, "text/plain", e.getMessage() + "\n");
    }
  }

  private Response newAlerts(Query query) {
    try {
      URI target = URI.create(query.get("url").orElse(""));
      AlertOptions wanted =
          AlertOptions.of(
              target, query.get("symbol").orElse("BTCUSDT"), query.get("secret").orElse(""));
      if (target.getHost() == null) {
        throw new IllegalArgumentException("Alerts need a url to call, was " + target);
      }
      alerts(wanted);
      return Response.text(200, "text/plain", "calling " + target + "\n");
    } catch (IllegalArgumentException e) {
      return Response.text(400, "text/plain", e.getMessage() + "\n");
    }
  }

  /** Stops; answers on their way may finish. */
  @Override
  public void close() {
    callers.forEach(AlertCaller::close);
    sessions.close();
    server.close();
  }
}
