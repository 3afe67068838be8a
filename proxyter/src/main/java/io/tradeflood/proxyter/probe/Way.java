package io.tradeflood.proxyter.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.hop.Causes;
import io.tradeflood.proxyter.hop.Failure;
import io.tradeflood.proxyter.hop.Handshake;
import io.tradeflood.proxyter.hop.Hop;
import io.tradeflood.proxyter.hop.Names;
import io.tradeflood.proxyter.hop.PrivateRanges;
import io.tradeflood.proxyter.wire.HeadReader;
import io.tradeflood.proxyter.wire.Target;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A connection through one proxy, opened step by step and blocking, by one virtual thread: an
 * interrupt of it closes the socket. Only {@link #phase} and {@link #touchedNetwork} may be asked
 * by others.
 */
final class Way implements AutoCloseable, Handshake.Means {
  private static final String VIA = "proxyter-probe";

  /** How a way comes to be. */
  interface Surroundings {
    Names names();

    Settings settings();

    long now();
  }

  private final Hop hop;
  private final Surroundings surroundings;
  private final Settings.Health times;
  private final byte[] scratch = new byte[HeadReader.MAX_BYTES];
  private Socket socket = new Socket();
  private Socket spoken = socket;
  private ByteBuf pending = Unpooled.EMPTY_BUFFER;
  private long until;
  private volatile String phase = "dial";
  private volatile boolean touched;
  private Optional<Target> target = Optional.empty();

  Way(Hop hop, Surroundings surroundings) {
    this.hop = hop;
    this.surroundings = surroundings;
    this.times = surroundings.settings().health();
  }

  /** How far it came, in the words of events. */
  String phase() {
    return phase;
  }

  /** Whether anything beyond this machine has answered, if only with a refusal. */
  boolean touchedNetwork() {
    return touched;
  }

  /**
   * Reaches the proxy, without asking it for a target; does nothing if there is no proxy.
   *
   * @throws IOException if it cannot be reached; {@link #failure} says what that means
   */
  void reachProxy() throws IOException, InterruptedException {
    if (!hop.isDirect()) dial(hop.url().address().host(), hop.url().address().port(), false);
  }

  /**
   * Opens the whole way.
   *
   * @param guarded whether the target wanted, where it is reached without a proxy, must be of the
   *     public network
   */
  void open(Target wanted, boolean guarded) throws IOException, InterruptedException {
    target = Optional.of(wanted);
    if (hop.isDirect()) dial(wanted.host(), wanted.port(), guarded);
    else {
      reachProxy();
      for (Handshake handshake : Handshake.toTunnel(hop, wanted, VIA)) through(handshake);
    }
    phase = "tunnel";
    allow(times.handshakeTimeout());
  }

  private void dial(String host, int port, boolean guarded)
      throws IOException, InterruptedException {
    allow(times.connectTimeout());
    InetAddress[] addresses = addresses(host);
    for (int i = 0; ; i++)
      try {
        if (guarded && PrivateRanges.contains(addresses[i]))
          throw new NoWayException(
              Failure.of(Signal.PROXY_POLICY, "%s is a private address".formatted(host)));
        connect(new InetSocketAddress(addresses[i], port));
        break;
      } catch (IOException e) {
        if (i == addresses.length - 1) throw e;
      }
    allow(times.handshakeTimeout());
    Optional<SslContext> tls = hop.tls();
    if (tls.isPresent()) {
      phase = "tls";
      spoken = secure(((JdkSslContext) tls.get()).context().getSocketFactory(), host, port);
    }
  }

  private void connect(InetSocketAddress address) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, left());
      touched = true;
    } catch (IOException e) {
      touched |= String.valueOf(e.getMessage()).contains("refused");
      // A socket that failed to connect cannot try again.
      socket.close();
      socket = new Socket();
      spoken = socket;
      throw e;
    }
  }

  private InetAddress[] addresses(String host) throws IOException, InterruptedException {
    Optional<InetAddress> literal = Names.literal(host);
    if (literal.isPresent()) return new InetAddress[] {literal.get()};
    try {
      return surroundings.names().resolve(host).get(left(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new NoWayException(
          Failure.of(
              hop.isDirect() ? Signal.ORIGIN_DNS : Signal.PROXY_DNS,
              "the name %s is not known".formatted(host)));
    }
  }

  private SSLSocket secure(SSLSocketFactory factory, String host, int port) throws IOException {
    var tls = (SSLSocket) factory.createSocket(spoken, host, port, true);
    var parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    socket.setSoTimeout(left());
    tls.startHandshake();
    return tls;
  }

  /**
   * Speaks TLS with the target itself, inside of what is spoken with the proxy.
   *
   * @param factory by whose trust the target is verified
   */
  void secure(SSLSocketFactory factory, Target target) throws IOException {
    if (pending.isReadable()) throw new SSLException("the target spoke before it was asked");
    spoken = secure(factory, target.host(), target.port());
  }

  private void through(Handshake handshake) throws IOException {
    phase = handshake.phase();
    send(handshake.begin(UnpooledByteBufAllocator.DEFAULT));
    while (true) {
      phase = handshake.phase();
      switch (handshake.read(pending, this)) {
        case Handshake.Step.More _ -> receive();
        case Handshake.Step.Send more -> send(more.bytes());
        case Handshake.Step.Done _ -> {
          return;
        }
        case Handshake.Step.Failed failed -> throw new NoWayException(failed.failure());
      }
    }
  }

  /** Reads some more behind what is pending. */
  private void receive() throws IOException {
    byte[] more = new byte[HeadReader.MAX_BYTES];
    int count = read(more);
    if (count < 0) throw new EOFException("it closed without an answer");
    pending = Unpooled.wrappedBuffer(pending, Unpooled.wrappedBuffer(more, 0, count));
  }

  private int read(byte[] into) throws IOException {
    InputStream in = spoken.getInputStream();
    socket.setSoTimeout(left());
    return in.read(into);
  }

  private void send(ByteBuf bytes) throws IOException {
    byte[] all = new byte[bytes.readableBytes()];
    bytes.readBytes(all);
    bytes.release();
    send(all);
  }

  void send(byte[] bytes) throws IOException {
    OutputStream out = spoken.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  /** What has come, at least so many bytes of it; fewer only if no more will come. */
  byte[] take(int least) throws IOException {
    while (pending.readableBytes() < least) {
      byte[] more = new byte[HeadReader.MAX_BYTES];
      int count = read(more);
      if (count < 0) break;
      pending = Unpooled.wrappedBuffer(pending, Unpooled.wrappedBuffer(more, 0, count));
    }
    byte[] all = new byte[pending.readableBytes()];
    pending.getBytes(pending.readerIndex(), all);
    return all;
  }

  private void allow(Duration time) {
    until = System.nanoTime() + time.toNanos();
  }

  /**
   * The time that is left for this step, in milliseconds; at least one, for what has come while
   * this machine was busy elsewhere has come in time.
   */
  private int left() {
    return Math.clamp((until - System.nanoTime()) / 1_000_000, 1, Integer.MAX_VALUE);
  }

  /** What it means that it broke off where it is. */
  Failure failure(IOException cause) {
    if (cause instanceof NoWayException known) return known.failure();
    if (cause instanceof SocketTimeoutException) return late();
    return switch (phase) {
      case "dial" -> Failure.unreachable(cause, hop.isDirect() ? target : Optional.empty());
      case "tls" -> Failure.of(Signal.PROXY_TLS, "it " + Causes.inWords(cause));
      case "tunnel" -> inTunnel(cause);
      default -> Failure.of(Signal.CONNECT_CLOSED, "it " + Causes.inWords(cause));
    };
  }

  private static Failure inTunnel(IOException cause) {
    if (cause instanceof SSLException)
      return Failure.of(Signal.TUNNEL_ALERT, "the target " + Causes.inWords(cause));
    return Failure.of(Signal.TUNNEL_RESET, "it was cut before anything came back");
  }

  /** What it means that its time is over where it is; asked by others, too. */
  Failure late() {
    return switch (phase) {
      case "dial" ->
          Failure.of(
              hop.isDirect() ? Signal.ORIGIN_TIMEOUT : Signal.PROXY_TIMEOUT,
              "it cannot be reached in time");
      case "tunnel" -> Failure.of(Signal.TUNNEL_MUTE, "nothing came back");
      default -> Failure.of(Signal.CONNECT_SILENT, "no answer");
    };
  }

  @Override
  public byte[] scratch() {
    return scratch;
  }

  @Override
  public ByteBuf buffer(int size) {
    return Unpooled.buffer(size);
  }

  @Override
  public long now() {
    return surroundings.now();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // Nothing is left to be saved of it.
    }
  }
}
