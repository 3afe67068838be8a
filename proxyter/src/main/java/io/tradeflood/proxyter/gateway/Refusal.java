package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.gateway.GatewayStats.Outcome;
import io.tradeflood.proxyter.wire.Socks;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Why a client does not get what it asks for, in the words of RFC 9209.
 *
 * @param status of HTTP
 * @param error the token of {@code Proxy-Status}, may be empty
 * @param details for people, one line
 * @param retryAfter in seconds
 * @param socks the reply of SOCKS5
 * @param received the target's own status that is the reason, if there is one
 * @param byOrigin whether the target is at fault, as more than one proxy says
 */
record Refusal(
    int status,
    String error,
    String details,
    OptionalLong retryAfter,
    OptionalInt received,
    int socks,
    boolean byOrigin,
    Outcome outcome) {

  private static Refusal of(int status, String error, String details, int socks, Outcome outcome) {
    return new Refusal(
        status, error, details, OptionalLong.empty(), OptionalInt.empty(), socks, false, outcome);
  }

  static Refusal malformed(String details) {
    return of(400, "http_request_error", details, Socks.FAILURE, Outcome.MALFORMED);
  }

  static Refusal loop(String details) {
    return of(502, "proxy_loop_detected", details, Socks.FAILURE, Outcome.MALFORMED);
  }

  static Refusal unauthenticated(String details) {
    return of(407, "", details, Socks.NOT_ALLOWED, Outcome.UNAUTHENTICATED);
  }

  static Refusal denied(String details) {
    return of(403, "http_request_denied", details, Socks.NOT_ALLOWED, Outcome.DENIED);
  }

  static Refusal limited(String details, OptionalLong retryAfter) {
    return of(503, "connection_limit_reached", details, Socks.FAILURE, Outcome.LIMITED)
        .retryAfter(retryAfter);
  }

  static Refusal unavailable(String details, OptionalLong retryAfter) {
    return of(503, "destination_unavailable", details, Socks.FAILURE, Outcome.UNAVAILABLE)
        .retryAfter(retryAfter);
  }

  static Refusal failed(int status, String error, String details, int socks) {
    return of(status, error, details, socks, Outcome.FAILED);
  }

  static Refusal origin(int status, String error, String details, int socks) {
    Refusal plain = of(status, error, details, socks, Outcome.ORIGIN_FAILED);
    return new Refusal(
        status, error, details, plain.retryAfter, plain.received, socks, true, plain.outcome);
  }

  private Refusal retryAfter(OptionalLong seconds) {
    return new Refusal(status, error, details, seconds, received, socks, byOrigin, outcome);
  }

  /** The same because the target answered so. */
  Refusal received(OptionalInt theirs) {
    return new Refusal(status, error, details, retryAfter, theirs, socks, byOrigin, outcome);
  }

  /** The same with another status. */
  Refusal as(int other) {
    return new Refusal(other, error, details, retryAfter, received, socks, byOrigin, outcome);
  }

  /** As an answer of HTTP. */
  byte[] answer(boolean keepAlive) {
    var out = new StringBuilder(256);
    out.append("HTTP/1.1 ").append(status).append(' ').append(reason()).append("\r\n");
    if (!error.isEmpty()) {
      out.append("Proxy-Status: proxyter; error=").append(error);
      if (byOrigin) out.append("; next-hop=origin");
      received.ifPresent(theirs -> out.append("; received-status=").append(theirs));
      if (!details.isEmpty()) out.append("; details=\"").append(quoted(details)).append('"');
      out.append("\r\n");
    }
    if (status == 407) out.append("Proxy-Authenticate: Basic realm=\"proxyter\"\r\n");
    retryAfter.ifPresent(s -> out.append("Retry-After: ").append(s).append("\r\n"));
    byte[] body = (details + "\n").getBytes(StandardCharsets.UTF_8);
    out.append("Content-Type: text/plain; charset=utf-8\r\nContent-Length: ")
        .append(body.length)
        .append("\r\n");
    if (!keepAlive) out.append("Connection: close\r\n");
    out.append("\r\n");
    byte[] head = out.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] whole = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return whole;
  }

  private static String quoted(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else out.append(c < ' ' || c > '~' ? '?' : c);
    }
    return out.toString();
  }

  private String reason() {
    return switch (status) {
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 407 -> "Proxy Authentication Required";
      case 408 -> "Request Timeout";
      case 431 -> "Request Header Fields Too Large";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> "Error";
    };
  }

  /** Whole seconds from now to then, at least 1; empty if then is not known. */
  static OptionalLong secondsUntil(long then, long now) {
    return then == Long.MAX_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(1, (then - now + 999) / 1_000));
  }
}
