package io.tradeflood.net;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tradeflood.connector.ServiceContext;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.proxy.Route;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The wire of streams, by Netty: its threads are started with the first connection. */
final class NettyStreamWire implements StreamWire {
  private static final System.Logger LOG = System.getLogger(NettyStreamWire.class.getName());

  private final ServiceContext context;
  private final TransportSettings settings;
  private final StreamSettings streams;
  private final Timeline timeline;
  private final Greeting greeting;
  private final String prefix;
  private final AtomicLong tunnels = new AtomicLong();

  /** Guards all that follows. */
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable MultiThreadIoEventLoopGroup group;
  private @Nullable SslContext tls;
  private @Nullable SslContext proxyterTls;
  private boolean closed;

  private NettyStreamWire(
      ServiceContext context,
      TransportSettings settings,
      StreamSettings streams,
      Timeline timeline) {
    this.context = context;
    this.settings = settings;
    this.streams = streams;
    this.timeline = timeline;
    greeting = new Greeting(settings);
    prefix = "s" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 52), 36);
  }

  static NettyStreamWire of(ServiceContext context) {
    return new NettyStreamWire(
        context,
        TransportSettings.of(context.settings()),
        StreamSettings.of(context.settings()),
        Timeline.of(context.clock()));
  }

  @Override
  public StreamLoop loop() {
    lock.lock();
    try {
      if (closed)
        throw new IllegalStateException("This TradeFlood is closed: nothing can be subscribed to");
      var threads = group;
      if (threads == null)
        group =
            threads =
                new MultiThreadIoEventLoopGroup(
                    settings.eventLoops(),
                    new DefaultThreadFactory("tradeflood-stream", true),
                    StreamSockets.handlers());
      return new Loop(threads.next(), timeline);
    } finally {
      lock.unlock();
    }
  }

  /** An event loop of Netty's. */
  record Loop(io.netty.channel.EventLoop netty, Timeline timeline) implements StreamLoop {
    @Override
    public void execute(Runnable work) {
      if (!netty.isShuttingDown()) netty.execute(work);
    }

    @Override
    public Timer schedule(long nanos, Runnable work) {
      if (netty.isShuttingDown()) return () -> {};
      var waiting = netty.schedule(work, nanos, TimeUnit.NANOSECONDS);
      return () -> waiting.cancel(false);
    }

    @Override
    public long nanos() {
      return timeline.nanos();
    }

    @Override
    public Instant instant() {
      return timeline.instant();
    }
  }

  @Override
  public List<? extends Way> ways(RequestType type) {
    return Egress.of(context.proxyScheme().route(type), type);
  }

  @Override
  public String shown(Opening opening) {
    return StreamAddress.of(opening).shown();
  }

  @Override
  public Line open(Opening opening, StreamLoop loop, Listener listener) {
    if (!(loop instanceof Loop thread) || !(opening.way() instanceof Egress way))
      throw new IllegalArgumentException("The loop and the way must be this wire's own");
    var socket = new StreamSocket(this, opening, StreamAddress.of(opening), way, thread, listener);
    new StreamDial(this, socket).begin();
    return socket;
  }

  @Override
  public double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /** Something can always come. */
  @Override
  public void whenOver(Runnable told) {}

  TransportSettings settings() {
    return settings;
  }

  StreamSettings streams() {
    return streams;
  }

  Greeting greeting() {
    return greeting;
  }

  /** A new tunnel, if the way leads by Proxyter. */
  StreamRide ride(Egress way) {
    return new StreamRide(
        way,
        prefix + "-" + tunnels.incrementAndGet(),
        way.route() instanceof Route.Proxyter
                && context.services().get(RestTransport.class) instanceof HttpTransport requests
            ? Optional.of(requests)
            : Optional.empty());
  }

  SslContext tls() throws SSLException {
    lock.lock();
    try {
      var known = tls;
      if (known == null) tls = known = settings.trust().context();
      return known;
    } finally {
      lock.unlock();
    }
  }

  /** For the connection to Proxyter, in which that to the exchange lies. */
  SslContext proxyterTls() throws SSLException {
    lock.lock();
    try {
      var known = proxyterTls;
      if (known == null) proxyterTls = known = settings.proxyterTrust().context();
      return known;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    MultiThreadIoEventLoopGroup threads;
    lock.lock();
    try {
      closed = true;
      threads = group;
      group = null;
    } finally {
      lock.unlock();
    }
    if (threads != null
        && !threads
            .shutdownGracefully(0, 5, TimeUnit.SECONDS)
            .awaitUninterruptibly(10, TimeUnit.SECONDS))
      LOG.log(System.Logger.Level.WARNING, "net: streams were not closed in order");
  }
}
