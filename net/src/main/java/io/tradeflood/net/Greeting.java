package io.tradeflood.net;

import io.tradeflood.net.WireFailure.Kind;
import io.tradeflood.proxy.ProxyterAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * The first word with each Proxyter: whether it is one, and takes our secret. Another proxy would
 * open tunnels too, and send everything through one address without a word. It is asked about
 * itself, so nobody behind it notices, and once, however many requests wait for the answer.
 */
final class Greeting {
  private static final int LONGEST = 8_192;

  private final Duration connect;
  private final Duration answer;
  private final Trust trust;

  /** Those that were greeted well, or are being greeted. */
  private final Map<ProxyterAddress, CompletableFuture<Void>> greeted = new ConcurrentHashMap<>();

  /**
   * @param settings how long the connection, and each part of the answer, may take, and whom to
   *     trust
   */
  Greeting(TransportSettings settings) {
    connect = settings.connect();
    answer = settings.tls();
    trust = settings.proxyterTrust();
  }

  /**
   * Makes sure of it, once for each address; waits for the answer if another has asked already.
   *
   * @param payload whatever may be told of the request
   * @throws WireFailure if nobody answers, or not Proxyter, or it does not let us in
   */
  void to(ProxyterAddress proxyter, String payload) throws WireFailure, InterruptedException {
    var own = new CompletableFuture<Void>();
    var greeting = Optional.ofNullable(greeted.putIfAbsent(proxyter, own)).orElse(own);
    // On a thread of its own: whoever asks first may be cancelled while others wait.
    if (greeting.equals(own))
      Thread.ofVirtual()
          .name("tradeflood-greeting")
          .start(() -> greet(proxyter, payload, greeting));
    try {
      greeting.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof WireFailure failure) throw failure;
      if (failed.getCause() instanceof IllegalArgumentException setting) throw setting;
      throw new IllegalStateException("Proxyter could not be greeted", failed.getCause());
    }
  }

  private void greet(ProxyterAddress proxyter, String payload, CompletableFuture<Void> greeting) {
    try {
      greet(proxyter, payload);
      greeting.complete(null);
    } catch (Throwable failure) {
      // Who tries again greets again.
      greeted.remove(proxyter, greeting);
      greeting.completeExceptionally(failure);
    }
  }

  private void greet(ProxyterAddress proxyter, String payload) throws WireFailure {
    String head = ask(proxyter, payload);
    var lines = head.lines().toList();
    String first = lines.isEmpty() ? "" : lines.getFirst();
    if (!first.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?"))
      throw other(proxyter, head.isEmpty() ? "nothing" : excerpt(head));
    int status = Integer.parseInt(first.substring(9, 12));
    if (!ProxyterAnswer.isProxyter(name -> header(head, name)))
      throw other(proxyter, excerpt(first));
    if (status == 407)
      throw ProxyterAnswer.of(status, name -> header(head, name))
          .map(said -> WireFailure.of(said, null))
          .orElseThrow();
  }

  private String ask(ProxyterAddress proxyter, String payload) throws WireFailure {
    String who =
        Base64.getEncoder()
            .encodeToString(
                (payload + ":" + proxyter.secret().orElse("")).getBytes(StandardCharsets.UTF_8));
    try (var connected = new Socket()) {
      connected.connect(new InetSocketAddress(proxyter.host(), proxyter.port()), millis(connect));
      connected.setSoTimeout(millis(answer));
      var socket = proxyter.secure() ? secured(connected, proxyter) : connected;
      socket
          .getOutputStream()
          .write(
              """
              OPTIONS * HTTP/1.1
              Host: %s
              Proxy-Authorization: Basic %s
              Max-Forwards: 0
              Connection: close

              """
                  .formatted(proxyter, who)
                  .replace("\n", "\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      return head(socket);
    } catch (SocketTimeoutException late) {
      throw failure(proxyter, "did not answer in time", Kind.PASSING, late);
    } catch (SSLException secrecy) {
      throw Diagnosis.tls(proxyter, secrecy);
    } catch (IOException broken) {
      String words = String.valueOf(broken.getMessage()).lines().findFirst().orElse("");
      throw failure(
          proxyter,
          broken instanceof java.net.UnknownHostException
              ? "has a name that is not known"
              : words.contains("refused") ? "refused the connection" : "broke off: " + words,
          Kind.PASSING,
          broken);
    }
  }

  private Socket secured(Socket connected, ProxyterAddress proxyter) throws IOException {
    var socket =
        (SSLSocket) trust.sockets().createSocket(connected, proxyter.host(), proxyter.port(), true);
    var parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static String head(Socket socket) throws IOException {
    var in = socket.getInputStream();
    var head = new ByteArrayOutputStream();
    int b;
    while (head.size() < LONGEST && (b = in.read()) >= 0) {
      head.write(b);
      if (b == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) break;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static Optional<String> header(String head, String name) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  private static String excerpt(String text) {
    return Excerpt.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static WireFailure other(ProxyterAddress proxyter, String found) {
    return failure(
        proxyter,
        "is no Proxyter: expected an answer with Proxy-Status: proxyter, found " + found,
        Kind.LASTING,
        null);
  }

  private static WireFailure failure(
      ProxyterAddress proxyter,
      String happened,
      Kind kind,
      @org.jspecify.annotations.Nullable Throwable cause) {
    return new WireFailure(
        Phase.PROXY, kind, "was not asked: %s %s".formatted(who(proxyter, kind), happened), cause);
  }

  private static String who(ProxyterAddress proxyter, Kind kind) {
    return (kind == Kind.LASTING ? "what listens at " : "Proxyter at ") + proxyter;
  }

  private static int millis(Duration time) {
    return (int) Math.clamp(time.toMillis(), 1, Integer.MAX_VALUE);
  }
}
