package io.tradeflood.proxyter.hop;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.wire.Headers;
import io.tradeflood.proxyter.wire.ResponseHead;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What the answers of HTTP proxies mean. */
public final class ProxyAnswers {
  private ProxyAnswers() {}

  /** The meaning of an answer to {@code CONNECT} that is not 2xx. */
  static Failure toConnect(ResponseHead head, long now) {
    return new Failure(
        signal(head), "it answered " + head.status(), retryAfter(head.headers(), now));
  }

  private static Signal signal(ResponseHead head) {
    return switch (head.status()) {
      case 401, 407, 597 -> Signal.PROXY_AUTH;
      case 402, 429 -> Signal.PROXY_QUOTA;
      default ->
          told(head.headers())
              .orElse(head.status() == 403 ? Signal.PROXY_POLICY : Signal.CONNECT_FAILED);
    };
  }

  /** Who is at fault, if the proxy says so in a header. */
  public static Optional<Signal> told(Headers headers) {
    for (String status : headers.all("Proxy-Status")) {
      Optional<Signal> signal = ofProxyStatus(status);
      if (signal.isPresent()) return signal;
    }
    return headers.first("X-Squid-Error").flatMap(ProxyAnswers::ofSquid);
  }

  /** RFC 9209; a target is only blamed where the proxy names the hop that failed. */
  private static Optional<Signal> ofProxyStatus(String status) {
    boolean nextHop = status.contains("next-hop=");
    return parameter(status, "error=")
        .flatMap(
            error ->
                switch (error) {
                  case "dns_error", "dns_timeout" -> told(nextHop, Signal.ORIGIN_DNS);
                  case "connection_refused" -> told(nextHop, Signal.ORIGIN_REFUSED);
                  case "connection_timeout" -> told(nextHop, Signal.ORIGIN_TIMEOUT);
                  case "http_request_denied", "destination_ip_prohibited" ->
                      Optional.of(Signal.PROXY_POLICY);
                  case "connection_limit_reached" -> Optional.of(Signal.PROXY_QUOTA);
                  default -> Optional.empty();
                });
  }

  private static Optional<Signal> told(boolean nextHop, Signal signal) {
    return Optional.of(nextHop ? signal : Signal.CONNECT_FAILED);
  }

  private static Optional<String> parameter(String text, String key) {
    int at = text.indexOf(key);
    if (at < 0) return Optional.empty();
    int end = at + key.length();
    while (end < text.length() && (Character.isLetter(text.charAt(end)) || text.charAt(end) == '_'))
      end++;
    return Optional.of(text.substring(at + key.length(), end));
  }

  private static Optional<Signal> ofSquid(String error) {
    if (error.startsWith("ERR_CONNECT_FAIL 111")) return Optional.of(Signal.ORIGIN_REFUSED);
    if (error.startsWith("ERR_CONNECT_FAIL 110")) return Optional.of(Signal.ORIGIN_TIMEOUT);
    if (error.startsWith("ERR_DNS_FAIL")) return Optional.of(Signal.ORIGIN_DNS);
    if (error.startsWith("ERR_ACCESS_DENIED")) return Optional.of(Signal.PROXY_POLICY);
    if (error.startsWith("ERR_CACHE_ACCESS_DENIED")) return Optional.of(Signal.PROXY_AUTH);
    return Optional.empty();
  }

  /** The target's own status, as a signal. */
  public static Signal ofTarget(int status) {
    return switch (status) {
      case 429 -> Signal.HTTP_429;
      case 418 -> Signal.HTTP_418;
      case 403 -> Signal.HTTP_403;
      case 451 -> Signal.HTTP_451;
      default -> status >= 500 ? Signal.HTTP_5XX : Signal.OK;
    };
  }

  /**
   * The target's own status, as the rules of the route take it; empty if it is none of a target
   * that is not well.
   */
  public static Optional<Signal> ruled(Settings.Route route, int status) {
    Signal named = ofTarget(status);
    if (route.banOn().contains(status))
      return Optional.of(
          named == Signal.HTTP_403 || named == Signal.HTTP_451 ? named : Signal.HTTP_418);
    if (route.pauseOn().contains(status)) return Optional.of(Signal.HTTP_429);
    return switch (named) {
      case HTTP_5XX, HTTP_451 -> Optional.of(named);
      default -> Optional.empty();
    };
  }

  /** {@code Retry-After} in milliseconds from now, given in seconds or as a date. */
  public static OptionalLong retryAfter(Headers headers, long now) {
    String value = headers.first("Retry-After").orElse("");
    if (value.isEmpty()) return OptionalLong.empty();
    if (value.length() <= 9 && value.chars().allMatch(c -> c >= '0' && c <= '9'))
      return OptionalLong.of(Long.parseLong(value) * 1_000);
    try {
      long at =
          ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
              .toInstant()
              .toEpochMilli();
      return OptionalLong.of(Math.max(0, at - now));
    } catch (DateTimeException _) {
      return OptionalLong.empty();
    }
  }
}
