package io.tradeflood.net.callback;

import io.tradeflood.connector.ServiceContext;
import io.tradeflood.live.Feed;
import io.tradeflood.turn.Act;
import io.tradeflood.turn.Call;
import io.tradeflood.turn.Description;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Listens, and hands what is posted to those who want it. */
final class Hooks implements CallbackTransport, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Hooks.class.getName());
  private static final String PATH = "/v1/hooks/";

  /** So much of what is too long is still read: its sender hears the answer only afterwards. */
  private static final long MOST_DROPPED = 1 << 20;

  private final ServiceContext context;

  /** By exchange. */
  private final Map<String, List<Hook<?>>> hooks = new ConcurrentHashMap<>();

  private final Map<CallbackConnector, Door> doors = new ConcurrentHashMap<>();

  /** Guards the server. */
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable Vertx vertx;
  private @Nullable HttpServer server;

  Hooks(ServiceContext context) {
    this.context = context;
  }

  @Override
  public <T> Turn<Feed<T>> posts(
      CallbackConnector connector, CallbackConnector.PostReader<T> reader) {
    return Turn.of(new Listening<>(connector, reader));
  }

  /** Takes what is posted from now on. */
  final class Listening<T> implements Act<Feed<T>, Feed<T>> {
    private final CallbackConnector connector;
    private final CallbackConnector.PostReader<T> reader;

    Listening(CallbackConnector connector, CallbackConnector.PostReader<T> reader) {
      this.connector = connector;
      this.reader = reader;
    }

    @Override
    public Description describe(Call<?> call) {
      String exchange = connector.context().exchange();
      return new Description(
          "LISTEN %s at %s"
              .formatted(
                  PATH + exchange,
                  context
                      .settings()
                      .get("callback.listen")
                      .orElse("the address of callback.listen")),
          exchange + "." + call.endpoint(),
          "inbound",
          List.of());
    }

    @Override
    public Feed<T> perform(Call<?> call) throws InterruptedException {
      return listen();
    }

    Feed<T> listen() throws InterruptedException {
      doors.computeIfAbsent(connector, Door::new);
      begin();
      var hook = new Hook<>(Hooks.this, connector, reader);
      hooks
          .computeIfAbsent(connector.context().exchange(), _ -> new CopyOnWriteArrayList<>())
          .add(hook);
      hook.begin(context.clock().instant());
      return hook;
    }

    @Override
    public Feed<T> read(Feed<T> answer) {
      return answer;
    }
  }

  void leave(Hook<?> hook) {
    hooks.getOrDefault(hook.connector().context().exchange(), List.of()).remove(hook);
  }

  private void begin() throws InterruptedException {
    lock.lock();
    try {
      if (server != null) return;
      String listen =
          context
              .settings()
              .get("callback.listen")
              .orElseThrow(
                  () ->
                      new Failure.Unsupported(
                          "Callbacks need the setting callback.listen, such as 127.0.0.1:8080, where the exchange can reach it"));
      int colon = listen.lastIndexOf(':');
      if (colon < 1 || !listen.substring(colon + 1).matches("[0-9]{1,5}"))
        throw new IllegalArgumentException(
            "The setting callback.listen must be an address and a port such as 127.0.0.1:8080, was "
                + listen);
      listen(
          listen.substring(0, colon).replaceAll("[\\[\\]]", ""),
          Integer.parseInt(listen.substring(colon + 1)));
    } finally {
      lock.unlock();
    }
  }

  private void listen(String host, int port) throws InterruptedException {
    var loops =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setUseDaemonThread(true)
                .setDisableTCCL(true)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    vertx = loops;
    try {
      server =
          loops
              .createHttpServer(
                  new HttpServerOptions()
                      .setHost(host)
                      .setPort(port)
                      .setIdleTimeout(30)
                      .setHttp2ClearTextEnabled(false))
              .requestHandler(this::serve)
              .listen()
              .toCompletionStage()
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      LOG.log(
          System.Logger.Level.INFO,
          "callbacks: listening at {0}:{1}",
          host,
          "" + server.actualPort());
    } catch (ExecutionException | TimeoutException failed) {
      loops.close();
      vertx = null;
      throw new Failure.Unsupported(
          "Callbacks cannot be listened for at %s:%d: %s".formatted(host, port, reason(failed)));
    }
  }

  private static String reason(Exception failed) {
    var cause = Objects.requireNonNullElse(failed.getCause(), failed);
    String words = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    if (words.contains("in use"))
      return "another program listens there: end it, or set callback.listen to another port";
    if (words.contains("assign") || cause instanceof UnknownHostException)
      return "this machine has no such address: set callback.listen to one of its own, such as 127.0.0.1:8080";
    if (words.contains("ermission"))
      return "ports below 1024 are not for everybody: set callback.listen to another, such as 8080";
    return words + ": set callback.listen to another address or port";
  }

  private void serve(HttpServerRequest request) {
    String whole = Objects.requireNonNullElse(request.path(), "");
    String[] path = whole.split("/", -1);
    if (!whole.startsWith(PATH) || path.length < 4 || path.length > 5) {
      answer(request, 404);
      return;
    }
    var all = hooks.getOrDefault(path[3], List.of());
    if (all.isEmpty()) answer(request, 404);
    else if (!request.method().equals(HttpMethod.POST)) answer(request, 405);
    else read(request, all, path.length == 5 ? Optional.of(path[4]) : Optional.<String>empty());
  }

  private void read(HttpServerRequest request, List<Hook<?>> all, Optional<String> secret) {
    int limit = all.stream().mapToInt(hook -> door(hook).rules().bodyLimit()).max().orElse(0);
    var body = Buffer.buffer();
    request.handler(
        part -> {
          if (request.bytesRead() <= limit) body.appendBuffer(part);
          else if (request.bytesRead() > limit + MOST_DROPPED) request.connection().close();
        });
    request.endHandler(
        _ -> {
          if (request.bytesRead() <= limit) take(request, all, secret, body.getBytes());
          else answer(request, Door.Verdict.TOO_LONG.status());
        });
  }

  private Door door(Hook<?> hook) {
    return doors.computeIfAbsent(hook.connector(), Door::new);
  }

  /** It is answered before it is read: who posts does not wait for long. */
  private void take(
      HttpServerRequest request, List<Hook<?>> all, Optional<String> secret, byte[] body) {
    var headers = new HashMap<String, String>();
    request
        .headers()
        .forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    var post = new Post(sender(request), secret, headers, body, context.clock().instant());
    var verdicts = new HashMap<CallbackConnector, Door.Verdict>();
    int status = 0;
    String why = "";
    for (Hook<?> hook : all) {
      var verdict = verdicts.computeIfAbsent(hook.connector(), _ -> door(hook).judge(post));
      int told = verdict.status();
      String words = verdict.words();
      if (verdict == Door.Verdict.WELCOME && !hook.take(post)) {
        told = 503;
        words = "its readers are too slow";
        door(hook).forget(post);
      }
      if (status == 0 || status >= 400 && told < status) {
        status = told;
        why = words;
      }
    }
    if (status >= 400)
      LOG.log(
          System.Logger.Level.WARNING,
          "callbacks: a post from {0} to {1} is refused with {2}: {3}",
          post.sender(),
          all.getFirst().connector().context().hostName(),
          status,
          why);
    answer(request, status);
  }

  private String sender(HttpServerRequest request) {
    String peer = request.remoteAddress().hostAddress();
    boolean ours = context.settings().get("callback.proxy").filter(peer::equals).isPresent();
    String forwarded = request.getHeader("x-forwarded-for");
    if (!ours || forwarded == null) return peer;
    return forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
  }

  private static void answer(HttpServerRequest request, int status) {
    if (!request.response().ended()) request.response().setStatusCode(status).end();
  }

  @Override
  public OptionalInt port() {
    lock.lock();
    try {
      var open = server;
      return open == null ? OptionalInt.empty() : OptionalInt.of(open.actualPort());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    hooks.values().forEach(all -> all.forEach(Hook::close));
    lock.lock();
    try {
      var loops = vertx;
      vertx = null;
      if (loops != null)
        loops.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException failed) {
      LOG.log(System.Logger.Level.WARNING, "callbacks: the server was not closed in order", failed);
    } finally {
      lock.unlock();
    }
  }
}
