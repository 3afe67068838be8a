package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.gateway.Choice.Grant;
import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.health.Signal.Blame;
import io.tradeflood.proxyter.hop.Failure;
import io.tradeflood.proxyter.wire.Socks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tries that failed, and the answer that follows from them. */
final class Failures {
  private record Try(Grant grant, Failure failure) {}

  private final List<Try> tries = new ArrayList<>(0);
  private Optional<Refusal> forbidden = Optional.empty();
  private long expiredAfter;

  void add(Grant grant, Failure failure) {
    tries.add(new Try(grant, failure));
  }

  /** The time given is over. */
  void expired(long millis) {
    expiredAfter = millis;
  }

  boolean isEmpty() {
    return tries.isEmpty() && forbidden.isEmpty();
  }

  /** A try was not allowed. */
  void forbid(Refusal refusal) {
    forbidden = Optional.of(refusal);
  }

  /** How many say that it is the target; what we see ourselves counts for enough. */
  int blamesOfOrigin() {
    int count = 0;
    for (Try t : tries)
      if (t.failure().signal().blame() == Blame.ORIGIN)
        count += t.grant().member().hop().isDirect() ? 2 : 1;
    return count;
  }

  static Refusal originDown(String why) {
    return Refusal.origin(502, "destination_unavailable", why, Socks.HOST_UNREACHABLE);
  }

  Refusal refusal() {
    if (tries.isEmpty())
      return forbidden.orElseGet(
          () ->
              Refusal.failed(
                  504,
                  "connection_timeout",
                  "nobody answered within %d ms".formatted(expiredAfter),
                  Socks.HOST_UNREACHABLE));
    Try last = tries.get(tries.size() - 1);
    if (blamesOfOrigin() >= 2) return byOrigin(lastBlameOfOrigin());
    return bySignal(last.failure().signal());
  }

  private Signal lastBlameOfOrigin() {
    for (int i = tries.size() - 1; i >= 0; i--) {
      Signal signal = tries.get(i).failure().signal();
      if (signal.blame() == Blame.ORIGIN) return signal;
    }
    throw new IllegalStateException("nobody blames the target");
  }

  private Refusal byOrigin(Signal signal) {
    return switch (signal) {
      case ORIGIN_DNS -> Refusal.origin(502, "dns_error", details(), Socks.HOST_UNREACHABLE);
      case ORIGIN_REFUSED -> Refusal.origin(502, "connection_refused", details(), Socks.REFUSED);
      default -> Refusal.origin(504, "connection_timeout", details(), Socks.HOST_UNREACHABLE);
    };
  }

  private Refusal bySignal(Signal signal) {
    return switch (signal) {
      case PROXY_DNS -> failed(502, "dns_error", Socks.FAILURE);
      case ORIGIN_DNS -> failed(502, "dns_error", Socks.HOST_UNREACHABLE);
      case PROXY_REFUSED -> failed(502, "connection_refused", Socks.FAILURE);
      case ORIGIN_REFUSED -> failed(502, "connection_refused", Socks.REFUSED);
      case PROXY_UNREACHABLE -> failed(502, "destination_ip_unroutable", Socks.FAILURE);
      case PROXY_TIMEOUT -> failed(504, "connection_timeout", Socks.FAILURE);
      case ORIGIN_TIMEOUT -> failed(504, "connection_timeout", Socks.HOST_UNREACHABLE);
      case CONNECT_SILENT -> failed(504, "connection_read_timeout", Socks.HOST_UNREACHABLE);
      case PROXY_TLS -> failed(502, "tls_protocol_error", Socks.FAILURE);
      case PROXY_AUTH -> failed(502, "proxy_configuration_error", Socks.FAILURE);
      case PROXY_QUOTA -> failed(502, "connection_limit_reached", Socks.FAILURE);
      case PROXY_PROTOCOL -> failed(502, "http_protocol_error", Socks.FAILURE);
      case PROXY_POLICY -> failed(502, "http_request_denied", Socks.NOT_ALLOWED);
      case CONNECT_CLOSED -> failed(502, "connection_terminated", Socks.FAILURE);
      case LOCAL -> failed(502, "proxy_internal_error", Socks.NETWORK_UNREACHABLE);
      case OK,
          CONNECT_FAILED,
          TUNNEL_RESET,
          TUNNEL_ALERT,
          TUNNEL_MUTE,
          TUNNEL_CUT,
          HTTP_429,
          HTTP_418,
          HTTP_403,
          HTTP_451,
          HTTP_5XX,
          CLIENT_LEFT ->
          failed(502, "destination_unavailable", Socks.FAILURE);
    };
  }

  private Refusal failed(int status, String error, int socks) {
    return Refusal.failed(status, error, details(), socks);
  }

  private String details() {
    var out = new StringBuilder();
    for (Try t : tries)
      out.append(out.isEmpty() ? "" : "; ")
          .append(t.grant().proxy())
          .append(" ")
          .append(t.failure().signal().code())
          .append(": ")
          .append(t.failure().details());
    if (expiredAfter > 0)
      out.append("; the time given of ").append(expiredAfter).append(" ms is over");
    return out.toString();
  }
}
