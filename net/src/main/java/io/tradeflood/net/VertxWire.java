package io.tradeflood.net;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.tradeflood.proxy.Route;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The wire, by Vert.x: made with the first request. Names are resolved here and by the JDK, those
 * of exchanges behind a proxy by the proxy. Which proxy, and who we are to it, is part of the key
 * of the pool of connections.
 */
final class VertxWire implements Wire {
  private static final System.Logger LOG = System.getLogger(VertxWire.class.getName());

  private final TransportSettings settings;
  private final Timeline timeline;
  private final Vertx vertx;
  private final HttpClient client;
  private final Greeting greeting;

  /** One for all, as connections are kept by it. */
  private final ClientSSLOptions proxyterTls;

  VertxWire(TransportSettings settings, Timeline timeline) {
    this.settings = settings;
    this.timeline = timeline;
    greeting = new Greeting(settings);
    proxyterTls = settings.proxyterTrust().options(settings.tls());
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(settings.eventLoops())
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setBlockedThreadCheckInterval(Duration.ofHours(1).toMillis())
                .setBlockedThreadCheckIntervalUnit(MILLISECONDS)
                .setDisableTCCL(true)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    client =
        vertx
            .httpClientBuilder()
            .with(options(settings))
            .with(pool(settings))
            // What breaks a connection is told to its requests; without a handler it is logged too.
            .withConnectHandler(connection -> connection.exceptionHandler(_ -> {}))
            .build();
  }

  private static HttpClientOptions options(TransportSettings settings) {
    var options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setUseAlpn(true)
            .setKeepAlive(true)
            .setKeepAliveTimeout(seconds(settings.keepAlive()))
            .setHttp2KeepAliveTimeout(seconds(settings.keepAlive()))
            .setTcpNoDelay(true)
            .setConnectTimeout(millis(settings.connect()))
            .setSslHandshakeTimeout(settings.tls().toMillis())
            .setSslHandshakeTimeoutUnit(MILLISECONDS)
            .setDecompressionSupported(false)
            .setVerifyHost(true);
    settings.trust().options().ifPresent(options::setTrustOptions);
    return options;
  }

  private static PoolOptions pool(TransportSettings settings) {
    return new PoolOptions()
        .setHttp1MaxSize(settings.concurrency())
        .setHttp2MaxSize(Math.max(1, settings.concurrency() / 16));
  }

  private static int millis(Duration time) {
    return (int) Math.clamp(time.toMillis(), 1, Integer.MAX_VALUE);
  }

  private static int seconds(Duration time) {
    return (int) Math.clamp(time.toSeconds(), 1, Integer.MAX_VALUE);
  }

  @Override
  public WireReply exchange(WireRequest wanted) throws InterruptedException, WireFailure {
    long began = timeline.nanos();
    var request = connect(wanted);
    boolean whole = false;
    try {
      var reply = converse(request, wanted, timeline.nanos() - began);
      whole = true;
      return reply;
    } finally {
      if (!whole) request.reset();
    }
  }

  /** A request on an open connection, a new one or one that was kept. */
  private HttpClientRequest connect(WireRequest wanted) throws InterruptedException, WireFailure {
    return switch (wanted.route()) {
      case Route.Direct _ -> connectTo(wanted, resolve(wanted.address().host(), wanted));
      case Route.Via via -> {
        var proxy = resolve(via.host(), wanted);
        yield open(options(wanted).setProxyOptions(proxyOptions(via, proxy.getFirst())), wanted);
      }
      case Route.Proxyter proxyter -> {
        greeting.to(proxyter.address(), wanted.payload());
        var proxy = resolve(proxyter.address().host(), wanted);
        yield open(
            options(wanted)
                .setProxyOptions(proxyOptions(proxyter, wanted.payload(), proxy.getFirst())),
            wanted);
      }
    };
  }

  /** The addresses one after the other, as long as they do not answer. */
  private HttpClientRequest connectTo(WireRequest wanted, List<InetAddress> addresses)
      throws InterruptedException, WireFailure {
    for (var address : addresses.subList(0, addresses.size() - 1)) {
      try {
        return open(options(wanted).setServer(server(address, wanted)), wanted);
      } catch (WireFailure failure) {
        if (failure.phase() != Phase.CONNECT) throw failure;
      }
    }
    return open(options(wanted).setServer(server(addresses.getLast(), wanted)), wanted);
  }

  private static SocketAddress server(InetAddress address, WireRequest wanted) {
    return SocketAddress.inetSocketAddress(new InetSocketAddress(address, wanted.address().port()));
  }

  private HttpClientRequest open(RequestOptions options, WireRequest wanted)
      throws InterruptedException, WireFailure {
    Future<HttpClientRequest> opening = client.request(options);
    Duration longest = settings.connect().plus(settings.tls()).plusSeconds(1);
    try {
      return await(opening, longest);
    } catch (TimeoutException late) {
      opening.onSuccess(HttpClientRequest::reset);
      throw Diagnosis.of(wanted).timeout(Phase.CONNECT, longest, late);
    } catch (InterruptedException interrupted) {
      opening.onSuccess(HttpClientRequest::reset);
      throw interrupted;
    } catch (ExecutionException failed) {
      throw Diagnosis.of(wanted).connecting(cause(failed));
    }
  }

  private RequestOptions options(WireRequest wanted) {
    var address = wanted.address();
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setSsl(address.secure())
            .setHost(address.host())
            .setPort(address.port())
            .setURI(wanted.target())
            .setConnectTimeout(settings.connect().toMillis())
            .setFollowRedirects(false)
            .putHeader("accept", "application/json")
            .putHeader("accept-encoding", Inflation.ACCEPTED)
            .putHeader("user-agent", "TradeFlood");
    if (!address.secure()) options.setProtocolVersion(HttpVersion.HTTP_1_1);
    wanted.headers().forEach(options::putHeader);
    return options;
  }

  private ProxyOptions proxyOptions(Route.Via via, InetAddress proxy) {
    var options =
        new ProxyOptions()
            .setType(
                switch (via.protocol()) {
                  case HTTP -> ProxyType.HTTP;
                  case SOCKS5 -> ProxyType.SOCKS5;
                })
            .setHost(proxy.getHostAddress())
            .setPort(via.port())
            .setConnectTimeout(settings.connect());
    via.credentials().ifPresent(who -> options.setUsername(who.user()).setPassword(who.password()));
    return options;
  }

  private ProxyOptions proxyOptions(Route.Proxyter proxyter, String payload, InetAddress proxy) {
    var address = proxyter.address();
    var options =
        new ProxyOptions()
            .setPort(address.port())
            .setConnectTimeout(settings.connect())
            .setUsername(payload)
            .setPassword(address.secret().orElse(""));
    // The certificate is for the name, not for the address that it stands for.
    return address.secure()
        ? options.setType(ProxyType.HTTPS).setHost(address.host()).setSslOptions(proxyterTls)
        : options.setType(ProxyType.HTTP).setHost(proxy.getHostAddress());
  }

  private static List<InetAddress> resolve(String host, WireRequest wanted) throws WireFailure {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException unknown) {
      throw Diagnosis.of(wanted).unknown(host, unknown);
    }
  }

  private WireReply converse(HttpClientRequest request, WireRequest wanted, long connecting)
      throws InterruptedException, WireFailure {
    var answer = new Answer(request, settings.bodyLimit(), timeline);
    var phase = Phase.SEND;
    var longest = settings.send();
    try {
      Instant sent = timeline.instant();
      long began = timeline.nanos();
      await(request.end(), longest);
      phase = Phase.WAIT;
      longest = settings.firstByte().plus(wanted.hold());
      HttpClientResponse head = answer.head.get(longest.toNanos(), NANOSECONDS);
      long waited = answer.headAt;
      phase = Phase.RECEIVE;
      longest = settings.receive();
      BodySink body = answer.body.get(longest.toNanos(), NANOSECONDS);
      Instant received = timeline.instant();
      long ended = timeline.nanos();
      var headers = headers(head);
      byte[] unpacked =
          Inflation.unpack(
              body.whole(),
              String.join(", ", headers.getOrDefault("content-encoding", List.of())),
              settings.bodyLimit());
      return new WireReply(
          new HttpReply(head.statusCode(), headers, unpacked, sent, received),
          began,
          waited,
          Duration.ofNanos(connecting),
          Duration.ofNanos(waited - began),
          Duration.ofNanos(ended - waited),
          head.version() == HttpVersion.HTTP_2);
    } catch (TimeoutException late) {
      throw Diagnosis.of(wanted).timeout(phase, longest, late);
    } catch (ExecutionException failed) {
      throw Diagnosis.of(wanted).talking(phase, cause(failed));
    } catch (IOException broken) {
      throw Diagnosis.of(wanted).unpacking(broken);
    }
  }

  @Override
  public HttpReply post(URI url, Map<String, String> headers, byte[] body)
      throws InterruptedException, WireFailure {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(url.toString())
            .setConnectTimeout(settings.connect().toMillis())
            .setFollowRedirects(false)
            .putHeader("user-agent", "TradeFlood");
    headers.forEach(options::putHeader);
    if ("https".equalsIgnoreCase(url.getScheme()))
      options.setProtocolVersion(HttpVersion.HTTP_1_1).setSslOptions(proxyterTls);
    var longest = Duration.ofSeconds(POST_SECONDS);
    Instant sent = timeline.instant();
    var request = client.request(options);
    var posting =
        request
            .compose(open -> open.send(Buffer.buffer(body)))
            .compose(
                response ->
                    response
                        .body()
                        .map(
                            all ->
                                new HttpReply(
                                    response.statusCode(),
                                    headers(response),
                                    all.getBytes(),
                                    sent,
                                    timeline.instant())));
    try {
      return await(posting, longest);
    } catch (TimeoutException late) {
      request.onSuccess(HttpClientRequest::reset);
      throw new WireFailure(
          Phase.WAIT, WireFailure.Kind.PASSING, "it did not answer in time", late);
    } catch (InterruptedException interrupted) {
      request.onSuccess(HttpClientRequest::reset);
      throw interrupted;
    } catch (ExecutionException failed) {
      String words = String.valueOf(cause(failed).getMessage()).lines().findFirst().orElse("");
      throw new WireFailure(
          Phase.CONNECT, WireFailure.Kind.PASSING, "it cannot be asked: " + words, cause(failed));
    }
  }

  private static Map<String, List<String>> headers(HttpClientResponse head) {
    var headers = new HashMap<String, List<String>>();
    head.headers()
        .forEach(
            (name, value) ->
                headers
                    .computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1))
                    .add(value));
    headers.replaceAll((_, values) -> List.copyOf(values));
    return Map.copyOf(headers);
  }

  private static <T> T await(Future<T> future, Duration longest)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(longest.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static Throwable cause(ExecutionException failed) {
    return Objects.requireNonNullElse(failed.getCause(), failed);
  }

  @Override
  public void close() {
    try {
      await(vertx.close(), Duration.ofSeconds(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException failed) {
      LOG.log(System.Logger.Level.WARNING, "net: connections were not closed in order", failed);
    }
  }

  /** What comes in, gathered by the thread that serves the socket. */
  private static final class Answer {
    final CompletableFuture<HttpClientResponse> head = new CompletableFuture<>();
    final CompletableFuture<BodySink> body = new CompletableFuture<>();

    private final Timeline timeline;

    /**
     * When the head was here. Who waits for it may be woken later; the time until then is no part
     * of the way, on which limits rely. Written before the head is complete, read after.
     */
    long headAt;

    Answer(HttpClientRequest request, int limit, Timeline timeline) {
      this.timeline = timeline;
      request.exceptionHandler(this::fail);
      request.response().onSuccess(response -> begin(response, limit)).onFailure(this::fail);
    }

    private void begin(HttpClientResponse response, int limit) {
      headAt = timeline.nanos();
      var sink = new BodySink(announced(response), limit);
      response.exceptionHandler(this::fail);
      response.handler(
          part -> {
            if (sink.makeRoom(part.length())) {
              part.getBytes(sink.array(), sink.length());
              sink.advance(part.length());
            } else {
              fail(Inflation.tooLong(limit));
              response.request().reset();
            }
          });
      // Told one turn of the loop later, when the connection is back in its pool: who asks again at
      // once shall find it there.
      var loop = Objects.requireNonNull(Vertx.currentContext(), "handlers run on a context");
      response.endHandler(_ -> loop.runOnContext(_ -> body.complete(sink)));
      head.complete(response);
    }

    private static long announced(HttpClientResponse response) {
      String length = response.getHeader("content-length");
      try {
        return length == null ? -1 : Long.parseLong(length);
      } catch (NumberFormatException _) {
        return -1;
      }
    }

    private void fail(Throwable cause) {
      head.completeExceptionally(cause);
      body.completeExceptionally(cause);
    }
  }
}
