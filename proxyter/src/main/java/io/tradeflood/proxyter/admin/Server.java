package io.tradeflood.proxyter.admin;

import io.tradeflood.proxyter.admin.Call.Caller;
import io.tradeflood.proxyter.config.Address;
import io.tradeflood.proxyter.config.SettingsException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Speaks HTTP to operators. Reading happens on one event loop, answering on virtual threads, of
 * which there are only so many; nothing here waits for the data path or is waited for by it.
 */
final class Server implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Server.class.getName());
  private static final int MOST_CONNECTIONS = 512;
  private static final int MOST_AT_ONCE = 128;
  private static final int MOST_STREAMS = 128;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final Router router;
  private final Gate gate;
  private final Streams streams;
  private final Vertx vertx;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("admin-", 0).factory());
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final Semaphore streamRoom = new Semaphore(MOST_STREAMS);
  private final AtomicInteger connections = new AtomicInteger();
  private final HttpServer http;

  /**
   * Opens the port.
   *
   * @throws SettingsException if it cannot be opened
   */
  Server(Address address, Router router, Gate gate, Streams streams) {
    this.router = router;
    this.gate = gate;
    this.streams = streams;
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setBlockedThreadCheckInterval(Duration.ofHours(1).toMillis())
                .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
                .setDisableTCCL(true)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    this.http =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setMaxHeaderSize(16_384)
                    .setMaxInitialLineLength(8_192)
                    .setHttp2ClearTextEnabled(false)
                    .setIdleTimeout((int) PATIENCE.toSeconds())
                    .setTcpNoDelay(true)
                    .setReuseAddress(true))
            .connectionHandler(this::connected)
            .exceptionHandler(e -> LOG.log(System.Logger.Level.DEBUG, "admin: {0}", e.getMessage()))
            .requestHandler(this::serve);
    try {
      var unused = get(http.listen(address.port(), address.host()), PATIENCE);
    } catch (ExecutionException | TimeoutException e) {
      stop();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new SettingsException(
          List.of(
              "admin.address %s cannot be opened: %s: choose another or free it"
                  .formatted(
                      address, String.valueOf(cause.getMessage()).lines().findFirst().orElse(""))));
    } catch (InterruptedException e) {
      stop();
      Thread.currentThread().interrupt();
      throw new SettingsException(List.of("admin.address %s: interrupted".formatted(address)));
    }
  }

  int port() {
    return http.actualPort();
  }

  private void connected(HttpConnection connection) {
    if (connections.incrementAndGet() > MOST_CONNECTIONS) {
      var unused = connection.close();
    }
    connection.closeHandler(_ -> connections.decrementAndGet());
    connection.exceptionHandler(_ -> {});
  }

  /** On the event loop. */
  private void serve(HttpServerRequest request) {
    request.exceptionHandler(_ -> {});
    request.response().exceptionHandler(_ -> {});
    try {
      String path = Optional.ofNullable(request.path()).orElse("/");
      String method = request.method().name();
      if (method.equals("OPTIONS")) {
        options(request, path);
        return;
      }
      Router.Match match = router.find(method, path);
      Endpoint endpoint = match.endpoint();
      Caller caller =
          gate.enter(endpoint.access(), method, from(request), name -> header(request, name));
      Negotiation.checkAccept(endpoint, header(request, "accept"));
      boolean body = hasBody(request);
      Negotiation.checkType(endpoint, header(request, "content-type"), body);
      var call =
          new Call(
              caller,
              endpoint.method(),
              match.places(),
              query(Optional.ofNullable(request.query()).orElse("")),
              name -> header(request, name),
              new byte[0]);
      read(request, endpoint, call);
    } catch (Problem problem) {
      refuse(request, problem);
    } catch (RuntimeException e) {
      refuse(request, defect(e));
    }
  }

  private static Problem defect(RuntimeException e) {
    LOG.log(System.Logger.Level.ERROR, "admin: a request failed", e);
    return Problem.of(500, "this is a defect of Proxyter: its log says more");
  }

  private void options(HttpServerRequest request, String path) {
    gate.enter(Endpoint.Access.ANYBODY, "OPTIONS", from(request), name -> header(request, name));
    String allowed = router.allowed(path);
    if (allowed.isEmpty()) throw Problem.notFound("there is nothing at this path");
    answer(request, Reply.nothing().with("allow", allowed));
  }

  private static InetAddress from(HttpServerRequest request) {
    var remote = request.connection().remoteAddress();
    if (remote != null && remote.hostAddress() != null)
      return new InetSocketAddress(remote.hostAddress(), 0).getAddress();
    throw Problem.of(403, "where the request comes from is not known");
  }

  private static Optional<String> header(HttpServerRequest request, String name) {
    List<String> all = request.headers().getAll(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader("content-length");
    return request.headers().contains("transfer-encoding") || length != null && !length.equals("0");
  }

  static Map<String, List<String>> query(String text) {
    var all = new LinkedHashMap<String, List<String>>();
    for (String part : text.split("&")) {
      if (part.isEmpty()) continue;
      int equals = part.indexOf('=');
      try {
        String key = decoded(equals < 0 ? part : part.substring(0, equals));
        String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
        all.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
      } catch (IllegalArgumentException _) {
        throw Problem.of(400, "the query has a % without two hexadecimal digits: write it as %25");
      }
    }
    return all;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Takes the body as far as it may go, then hands on. */
  private void read(HttpServerRequest request, Endpoint endpoint, Call call) {
    Problem tooLong =
        Problem.of(
            413,
            "the body is longer than %d bytes: send it in parts".formatted(endpoint.mostBytes()));
    if (length(request) > endpoint.mostBytes()) throw tooLong;
    if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
      var unused = request.response().writeContinue();
    }
    Buffer body = Buffer.buffer();
    long timer =
        vertx.setTimer(
            PATIENCE.toMillis(),
            _ -> refuse(request, Problem.of(408, "the body did not come in time")));
    request.handler(
        part -> {
          if (body.length() + part.length() <= endpoint.mostBytes()) {
            body.appendBuffer(part);
            return;
          }
          vertx.cancelTimer(timer);
          refuse(request, tooLong);
        });
    request.endHandler(
        _ -> {
          vertx.cancelTimer(timer);
          if (!request.response().ended()) dispatch(request, endpoint, call, body.getBytes());
        });
    request.exceptionHandler(_ -> vertx.cancelTimer(timer));
  }

  private static long length(HttpServerRequest request) {
    String length = request.getHeader("content-length");
    return length == null || !length.matches("[0-9]{1,18}") ? 0 : Long.parseLong(length);
  }

  private void dispatch(HttpServerRequest request, Endpoint endpoint, Call call, byte[] body) {
    if (!room.tryAcquire()) {
      refuse(
          request,
          Problem.of(503, "too many requests are being served: try again")
              .with("retry-after", "1"));
      return;
    }
    var whole =
        new Call(call.caller(), call.method(), call.places(), call.query(), call.header(), body);
    threads.execute(
        () -> {
          Reply reply;
          try {
            reply = reply(endpoint, whole);
          } finally {
            room.release();
          }
          switch (reply) {
            case Reply.Whole done -> answer(request, done);
            case Reply.Events events -> stream(request, events);
          }
        });
  }

  private static Reply reply(Endpoint endpoint, Call call) {
    try {
      return endpoint.handler().apply(call);
    } catch (Problem problem) {
      return problem.reply();
    } catch (RuntimeException e) {
      return defect(e).reply();
    }
  }

  /** What is still to come of the request is not read. */
  private void refuse(HttpServerRequest request, Problem problem) {
    if (request.response().ended()) return;
    Reply.Whole reply = (Reply.Whole) problem.reply();
    boolean unread = !request.isEnded() && hasBody(request);
    if (unread) request.response().putHeader("connection", "close");
    request.handler(_ -> {});
    answer(request, reply);
    if (unread) vertx.setTimer(CLOSING.toMillis(), _ -> closed(request));
  }

  private static void closed(HttpServerRequest request) {
    var unused = request.connection().close();
  }

  private static void answer(HttpServerRequest request, Reply.Whole reply) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) return;
    response.setStatusCode(reply.status());
    common(response);
    reply.headers().forEach(response::putHeader);
    if (reply.status() != 204 && reply.status() != 304)
      response.putHeader("content-length", Integer.toString(reply.body().length));
    boolean silent =
        request.method().name().equals("HEAD") || reply.status() == 204 || reply.status() == 304;
    var unused = silent ? response.end() : response.end(Buffer.buffer(reply.body()));
  }

  private static void common(HttpServerResponse response) {
    response.putHeader("cache-control", "no-store").putHeader("x-content-type-options", "nosniff");
  }

  /** Events until the client leaves; on a virtual thread. */
  private void stream(HttpServerRequest request, Reply.Events events) {
    HttpServerResponse response = request.response();
    if (request.method().name().equals("HEAD")) {
      answer(request, new Reply.Whole(200, Map.of("content-type", Streams.TYPE), new byte[0]));
      return;
    }
    if (!streamRoom.tryAcquire()) {
      answer(
          request,
          (Reply.Whole)
              Problem.of(503, "%d follow the events already: try again".formatted(MOST_STREAMS))
                  .with("retry-after", "5")
                  .reply());
      return;
    }
    Thread reader = Thread.currentThread();
    try {
      response.closeHandler(_ -> reader.interrupt());
      common(response);
      response.putHeader("content-type", Streams.TYPE).setChunked(true);
      streams.follow(
          events,
          text -> {
            if (response.closed()) throw new InterruptedException();
            var unused = get(response.write(text), PATIENCE);
          });
      if (!response.ended()) {
        var unused = response.end();
      }
    } catch (ExecutionException | TimeoutException | IllegalStateException e) {
      LOG.log(
          System.Logger.Level.DEBUG, "admin: a follower of events is gone: {0}", e.getMessage());
      closed(request);
    } catch (InterruptedException _) {
      closed(request);
    } finally {
      streamRoom.release();
    }
  }

  private static <T> T get(Future<T> future, Duration longest)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void stop() {
    threads.shutdownNow();
    try {
      var unused = get(vertx.close(), CLOSING);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(System.Logger.Level.WARNING, "admin: its threads do not end: {0}", e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes nobody in any more and lets those go on that are being served, so long at most. */
  void leave(Duration longest) {
    try {
      var unused =
          get(http.shutdown(longest.toMillis(), TimeUnit.MILLISECONDS), longest.plus(CLOSING));
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(System.Logger.Level.DEBUG, "admin: the old port: {0}", e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets go of everybody. */
  @Override
  public void close() {
    stop();
  }
}
