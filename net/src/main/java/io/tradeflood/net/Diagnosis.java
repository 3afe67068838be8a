package io.tradeflood.net;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.proxy.HttpProxyHandler.HttpProxyConnectException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import io.tradeflood.net.WireFailure.Kind;
import io.tradeflood.proxy.ProxyterAddress;
import io.tradeflood.proxy.Route;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells from what the HTTP library throws what happened, and to whom. */
final class Diagnosis {
  private static final Pattern STATUS = Pattern.compile("status: ?([^,]+)$");
  private static final Pattern STATUS_CODE = Pattern.compile("status: ?([1-5][0-9][0-9])");
  private static final Pattern SOCKS = Pattern.compile("([A-Z_]+)\\(\\d+\\)");
  private static final Pattern RECORD = Pattern.compile("not an SSL/TLS record: ([0-9a-fA-F]+)");

  private final WireRequest wanted;

  private Diagnosis(WireRequest wanted) {
    this.wanted = wanted;
  }

  static Diagnosis of(WireRequest wanted) {
    return new Diagnosis(wanted);
  }

  /** A name that stands for no address. */
  WireFailure unknown(String host, UnknownHostException cause) {
    return switch (wanted.route()) {
      case Route.Direct _ ->
          new WireFailure(
              Phase.RESOLVE, Kind.PASSING, "has a name that is not known: " + host, cause);
      case Route.Via _, Route.Proxyter _ ->
          new WireFailure(
              Phase.PROXY,
              Kind.PASSING,
              "was not asked: %s has a name that is not known".formatted(proxy()),
              cause);
    };
  }

  WireFailure timeout(Phase phase, Duration longest, Throwable cause) {
    String time = words(longest);
    String happened =
        switch (phase) {
          case RESOLVE, CONNECT, PROXY -> "could not be connected to within " + time;
          case TLS -> "did not agree on TLS within " + time;
          case SEND -> "did not take the request within " + time;
          case WAIT -> "did not begin to answer within " + time;
          case RECEIVE, STATUS -> "did not finish its answer within " + time;
        };
    return new WireFailure(phase, Kind.PASSING, happened, cause);
  }

  /** What went wrong before the request could be sent. */
  WireFailure connecting(Throwable cause) {
    var outer = outerTls(cause);
    if (outer.isPresent()) return outer.get();
    if (find(cause, ProxyConnectException.class) instanceof ProxyConnectException refused)
      return proxy(refused);
    if (find(cause, NotSslRecordException.class) instanceof NotSslRecordException foreign)
      return new WireFailure(Phase.TLS, Kind.FOREIGN, noTls(foreign), cause);
    if (find(cause, CertificateException.class) instanceof CertificateException doubt)
      return new WireFailure(
          Phase.TLS, Kind.LASTING, "has a certificate that is not trusted: " + line(doubt), cause);
    if (find(cause, SSLException.class) instanceof SSLException tls)
      return new WireFailure(Phase.TLS, tlsKind(tls), "did not agree on TLS: " + line(tls), cause);
    if (!(wanted.route() instanceof Route.Direct)) return proxyConnection(cause);
    if (cause instanceof ConnectTimeoutException)
      return new WireFailure(
          Phase.CONNECT, Kind.PASSING, "could not be connected to in time", cause);
    if (cause instanceof UnknownHostException unknown)
      return unknown(wanted.address().host(), unknown);
    if (cause instanceof ConnectException || cause instanceof NoRouteToHostException)
      return new WireFailure(Phase.CONNECT, Kind.PASSING, refusal(cause), cause);
    if (wanted.address().secure())
      return new WireFailure(
          Phase.TLS, Kind.PASSING, "closed the connection while agreeing on TLS", cause);
    return new WireFailure(
        Phase.CONNECT, Kind.PASSING, "could not be connected to: " + line(cause), cause);
  }

  private static Kind tlsKind(SSLException tls) {
    String words = line(tls);
    return words.contains("timed out") || words.contains("closed") || words.contains("terminated")
        ? Kind.PASSING
        : Kind.LASTING;
  }

  /**
   * Proxyter's TLS, if it is that: what goes wrong with it is told by the way through Proxyter, or
   * there is no other.
   */
  private Optional<WireFailure> outerTls(Throwable cause) {
    return wanted.route() instanceof Route.Proxyter proxyter
            && proxyter.address().secure()
            && find(cause, SSLException.class) != null
            && (find(cause, ProxyConnectException.class) != null || !wanted.address().secure())
        ? Optional.of(tls(proxyter.address(), cause))
        : Optional.empty();
  }

  /** What went wrong while agreeing with Proxyter on TLS, of which the exchange knows nothing. */
  static WireFailure tls(ProxyterAddress proxyter, Throwable cause) {
    if (find(cause, CertificateException.class) instanceof CertificateException doubt)
      return tls(
          proxyter, "has a certificate that is not trusted: " + line(doubt), Kind.UNTRUSTED, cause);
    return find(cause, SSLException.class) instanceof SSLException tls
        ? tls(proxyter, "did not agree on TLS: " + line(tls), tlsKind(tls), cause)
        : tls(proxyter, "broke off while agreeing on TLS: " + line(cause), Kind.PASSING, cause);
  }

  private static WireFailure tls(
      ProxyterAddress proxyter, String happened, Kind kind, Throwable cause) {
    return new WireFailure(
        Phase.PROXY, kind, "was not asked: Proxyter at %s %s".formatted(proxyter, happened), cause);
  }

  private static String noTls(NotSslRecordException foreign) {
    Matcher record = RECORD.matcher(line(foreign));
    if (!record.find()) return "does not speak TLS";
    String hex = record.group(1);
    byte[] bytes = HexFormat.of().parseHex(hex, 0, Math.min(hex.length() & ~1, 160));
    return "does not speak TLS: found " + Excerpt.of(bytes);
  }

  private static String refusal(Throwable cause) {
    String words = line(cause);
    return words.contains("refused") ? "refused the connection" : "cannot be reached: " + words;
  }

  /** Who stands between, without secrets. */
  private String proxy() {
    return wanted.route() instanceof Route.Proxyter proxyter
        ? "Proxyter at " + proxyter.address()
        : "the proxy " + wanted.route();
  }

  private WireFailure proxyConnection(Throwable cause) {
    String happened =
        cause instanceof ConnectTimeoutException
            ? "did not take the connection in time"
            : cause instanceof ConnectException && line(cause).contains("refused")
                ? "refused the connection"
                : "failed: " + line(cause);
    return new WireFailure(
        Phase.PROXY, Kind.PASSING, "was not asked: %s %s".formatted(proxy(), happened), cause);
  }

  /**
   * The proxy was reached and did not let us through; it is not known to be the exchange's fault.
   */
  private WireFailure proxy(ProxyConnectException refused) {
    if (refused instanceof HttpProxyConnectException http) {
      var told = told(http);
      if (told.isPresent()) return WireFailure.of(told.get(), refused);
    }
    String words = line(refused);
    String answer = proxyAnswer(words);
    boolean credentials =
        answer.startsWith("407")
            || answer.startsWith("401")
            || words.contains("authStatus")
            || words.contains("authScheme");
    String happened =
        credentials
            ? "does not accept our name and password (%s)".formatted(answer)
            : words.contains("timeout")
                ? "did not answer in time"
                : "did not let us through: it answered %s".formatted(answer);
    return new WireFailure(
        Phase.PROXY,
        credentials || answer.startsWith("403") || answer.equals("forbidden")
            ? Kind.LASTING
            : Kind.PASSING,
        "was not asked: %s %s".formatted(proxy(), happened),
        refused);
  }

  /** What Proxyter says in the headers of its answer. */
  private Optional<ProxyterAnswer> told(HttpProxyConnectException refused) {
    Matcher status = STATUS_CODE.matcher(line(refused));
    if (refused.headers() == null || !(wanted.route() instanceof Route.Proxyter) || !status.find())
      return Optional.empty();
    return ProxyterAnswer.of(
        Integer.parseInt(status.group(1)),
        name -> Optional.ofNullable(refused.headers().get(name)));
  }

  private static String proxyAnswer(String words) {
    Matcher status = STATUS.matcher(words);
    String answer =
        status.find() ? status.group(1) : words.substring(words.lastIndexOf(", ") + 1).strip();
    Matcher code = SOCKS.matcher(answer);
    return code.matches() ? code.group(1).toLowerCase(Locale.ROOT).replace('_', ' ') : answer;
  }

  /** What went wrong after the request was begun. */
  WireFailure talking(Phase phase, Throwable cause) {
    if (cause instanceof HttpClosedException || isReset(cause))
      return new WireFailure(phase, Kind.PASSING, closed(phase, cause), cause);
    if (cause instanceof DecoderException || cause instanceof IllegalArgumentException)
      return new WireFailure(
          phase,
          Kind.FOREIGN,
          "does not speak HTTP: expected an answer such as HTTP/1.1 200 OK, found "
              + Excerpt.of(line(cause)),
          cause);
    if (phase == Phase.RECEIVE && line(cause).startsWith("is longer"))
      return new WireFailure(phase, Kind.LASTING, "sent an answer that " + line(cause), cause);
    return new WireFailure(phase, Kind.PASSING, "broke off: " + line(cause), cause);
  }

  private static boolean isReset(Throwable cause) {
    return cause instanceof SocketException || line(cause).contains("reset");
  }

  private static String closed(Phase phase, Throwable cause) {
    String verb = isReset(cause) ? "reset" : "closed";
    return switch (phase) {
      case RECEIVE, STATUS -> verb + " the connection in the middle of its answer";
      case RESOLVE, CONNECT, PROXY, TLS, SEND, WAIT -> verb + " the connection without an answer";
    };
  }

  /** A body that cannot be unpacked. */
  WireFailure unpacking(IOException broken) {
    boolean lasting = line(broken).startsWith("is ");
    return new WireFailure(
        Phase.RECEIVE,
        lasting ? Kind.LASTING : Kind.PASSING,
        lasting
            ? "sent an answer that " + line(broken)
            : "sent a packed answer that is broken or cut short: " + line(broken),
        broken);
  }

  private static <T extends Throwable> @Nullable Throwable find(Throwable cause, Class<T> wanted) {
    for (Throwable t = cause; t != null; t = t.getCause()) if (wanted.isInstance(t)) return t;
    return null;
  }

  private static String line(Throwable cause) {
    String words = Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    return words.lines().findFirst().orElse("").strip();
  }

  private static String words(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
