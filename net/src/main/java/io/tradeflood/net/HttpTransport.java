package io.tradeflood.net;

import io.tradeflood.connector.Limit;
import io.tradeflood.connector.ServiceContext;
import io.tradeflood.connector.Waiting;
import io.tradeflood.proxy.ProxyterAddress;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.proxy.Route;
import io.tradeflood.turn.Move;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the requests of one TradeFlood share: limits, lanes, and the wire once it is needed.
 */
final class HttpTransport implements RestTransport, Waiting, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpTransport.class.getName());

  /** How long a way rests that leaves by the address of another. */
  private static final Duration SAME_HOME = Duration.ofMinutes(1);

  private final ServiceContext context;
  private final TransportSettings settings;
  private final Timeline timeline;
  private final DoubleSupplier random;
  private final Supplier<Wire> maker;
  private final boolean played;
  private final Map<LimitKey, Gate> gates = new ConcurrentHashMap<>();
  private final Map<Place, Lane> lanes = new ConcurrentHashMap<>();
  private final Map<Place, Shutter> shutters = new ConcurrentHashMap<>();
  private final Map<ProxyterAddress, Feedback> feedbacks = new ConcurrentHashMap<>();
  private final Tunnels tunnels;
  private final Homes homes = new Homes();
  private final Feedback.Listener answers =
      new Feedback.Listener() {
        @Override
        public void leavesBy(String id, String proxy) {
          tunnels.way(id).ifPresent(way -> seen(way, proxy));
        }

        @Override
        public void leave(String id) {
          tunnels.leave(id);
        }
      };
  private final EgressChoice choice = new EgressChoice(this);
  private final List<RestObserver> observers = new CopyOnWriteArrayList<>();

  /** Guards the two below. */
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable Wire wire;
  private boolean closed;

  /** Who is asked, and by which way. */
  private record Place(String who, String egress) {}

  /**
   * @param random gives numbers from 0 to below 1, by which delays differ
   * @param maker makes the wire, when the first request is sent
   * @param played whether a tape answers, so that no limit counts
   */
  HttpTransport(
      ServiceContext context,
      TransportSettings settings,
      Timeline timeline,
      DoubleSupplier random,
      Supplier<Wire> maker,
      boolean played) {
    this.played = played;
    this.context = context;
    this.settings = settings;
    this.timeline = timeline;
    this.random = random;
    this.maker = maker;
    tunnels = new Tunnels(Long.toString((long) (random.getAsDouble() * 0x1p52), 36));
  }

  @Override
  public RestRequest get(RestConnector connector, String path) {
    return new PlannedRequest(this, connector, path);
  }

  /**
   * Sends a request and gives its answer, after the reading has taken it.
   *
   * @param moved is told when it goes on by another way
   */
  HttpReply send(Errand errand, Consumer<HttpReply> reading, Consumer<Move> moved)
      throws InterruptedException {
    return new Delivery(errand, this, reading, moved).answer();
  }

  Route route(RequestType type) {
    return context.proxyScheme().route(type);
  }

  /**
   * Whether a tape answers: no limit counts, and nobody waits for a pause that the exchange wants.
   */
  boolean isPlayed() {
    return played;
  }

  TransportSettings settings() {
    return settings;
  }

  Timeline timeline() {
    return timeline;
  }

  double jitter() {
    return random.getAsDouble();
  }

  Gate gate(Errand errand, Limit limit) {
    var key =
        new LimitKey(
            limit.label(errand.hostName()),
            errand.address().toString(),
            switch (limit.scope()) {
              case ADDRESS -> "";
              case CREDENTIAL -> errand.connector().context().tenant();
            },
            errand.egress().key());
    return gates.computeIfAbsent(key, k -> new Gate(k, limit, lane(errand).clock(), timeline));
  }

  Lane lane(Errand errand) {
    return lanes.computeIfAbsent(
        new Place(errand.address().toString(), errand.egress().key()),
        _ -> new Lane(settings.concurrency()));
  }

  Shutter shutter(Errand errand) {
    return shutters.computeIfAbsent(
        new Place(errand.hostName(), errand.egress().key()), _ -> new Shutter());
  }

  EgressChoice choice() {
    return choice;
  }

  Tunnels tunnels() {
    return tunnels;
  }

  /** A request has left by the proxy: if a way that comes first does too, this one rests. */
  void seen(Egress way, String proxy) {
    if (!(way.route() instanceof Route.Proxyter proxyter)) return;
    var same = homes.seen(way, proxyter.rotation(), proxy);
    if (same.isEmpty()) return;
    long until = timeline.nanos() + SAME_HOME.toNanos();
    lanes.forEach(
        (place, lane) -> {
          if (place.egress().equals(way.key()) && lane.rest().shut(until))
            LOG.log(
                System.Logger.Level.WARNING,
                "{0} and {1} both leave by {2}: the second is left alone for {3} s; let the types"
                    + " of an exchange that rotate lead to the same groups",
                same.get(),
                way.key(),
                proxy,
                SAME_HOME.toSeconds());
        });
  }

  /** What Proxyter is to be told with a tunnel that is opened now. */
  Optional<String> word(Route.Proxyter proxyter) {
    return tunnels.word(proxyter, timeline.nanos());
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tells Proxyter what was seen: at its admin port, or what is bad with the next tunnel if that is
   * not known.
   */
  void tell(Route.Proxyter proxyter, Sighting sighting) {
    if (isClosed()) return;
    var admin = proxyter.address().admin();
    if (admin.isPresent())
      feedbacks
          .computeIfAbsent(
              proxyter.address(),
              _ ->
                  new Feedback(
                      admin.get(),
                      admin.get().token().or(proxyter.address()::secret).orElse(""),
                      timeline,
                      wire()::post,
                      answers))
          .tell(sighting);
    else if (sighting.isUrgent())
      sighting
          .word()
          .ifPresent(
              word ->
                  tunnels.tell(
                      proxyter,
                      word,
                      timeline.nanos()
                          + Duration.ofSeconds(sighting.retryAfter().orElse(60)).toNanos()));
  }

  Wire wire() {
    lock.lock();
    try {
      if (closed) throw new IllegalStateException("This TradeFlood is closed: nothing can be sent");
      var made = wire;
      if (made == null) wire = made = maker.get();
      return made;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<LimitState> limits() {
    return gates.values().stream()
        .map(Gate::state)
        .sorted(
            Comparator.comparing(LimitState::limit)
                .thenComparing(LimitState::tenant)
                .thenComparing(LimitState::egress))
        .toList();
  }

  @Override
  public List<Wait> waits() {
    return limits().stream()
        .filter(limit -> limit.waiting() > 0 || limit.shutUntil().isPresent())
        .map(
            limit ->
                new Wait(
                    limit.limit(),
                    limit.egress(),
                    limit.waiting(),
                    limit.delay(),
                    limit.shutUntil().isPresent()))
        .toList();
  }

  @Override
  public void observe(RestObserver observer) {
    observers.add(observer);
  }

  /** An observer's mistake must not cost an answer. */
  void tell(Supplier<Attempt> attempt) {
    if (observers.isEmpty()) return;
    var told = attempt.get();
    for (var observer : observers) {
      try {
        observer.attempted(told);
      } catch (RuntimeException mistake) {
        LOG.log(System.Logger.Level.WARNING, "net: an observer failed", mistake);
      }
    }
  }

  @Override
  public void close() {
    feedbacks.values().forEach(Feedback::close);
    lock.lock();
    try {
      closed = true;
      var made = wire;
      wire = null;
      if (made != null) made.close();
    } finally {
      lock.unlock();
    }
  }
}
