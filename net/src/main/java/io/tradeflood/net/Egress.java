package io.tradeflood.net;

import io.tradeflood.proxy.RequestType;
import io.tradeflood.proxy.Rotation;
import io.tradeflood.proxy.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One of the ways on which requests of a route leave: one address, as far as can be known. By
 * Proxyter it is a choice of the exchange's session there, which always stands for the same proxy;
 * see docs/decisions/007.
 *
 * @param route the route it belongs to
 * @param type what kind of request takes it
 * @param rank which choice of the session's it is, 1 for its first; 1 if not by Proxyter
 */
record Egress(Route route, RequestType type, int rank) implements StreamWire.Way {

  /** All that the route allows, the one to take first at the beginning. */
  static List<Egress> of(Route route, RequestType type) {
    return switch (route) {
      case Route.Direct _, Route.Via _ -> List.of(new Egress(route, type, 1));
      case Route.Proxyter proxyter ->
          IntStream.rangeClosed(1, proxyter.rotation().addresses())
              .mapToObj(rank -> new Egress(route, type, rank))
              .toList();
    };
  }

  /** By what limits are kept: the same for all types that leave by one address. */
  @Override
  public String key() {
    return switch (route) {
      case Route.Direct _, Route.Via _ -> route.toString();
      case Route.Proxyter proxyter -> proxyter.address().shown() + "/" + session();
    };
  }

  @Override
  public Rotation rotation() {
    return route instanceof Route.Proxyter proxyter ? proxyter.rotation() : Rotation.never();
  }

  private String session() {
    return "s=" + encoded(type.exchange()) + (rank > 1 ? ",sr=" + rank : "");
  }

  /**
   * What Proxyter is told of the request in the place of a user's name, by the grammar of
   * docs/proxyter-protocol.md.
   *
   * @param id our name for the tunnel
   * @param feedback what happened on an earlier tunnel
   */
  String payload(Route.Proxyter proxyter, String id, Optional<String> feedback) {
    return payload(proxyter)
        + ",id="
        + id
        + feedback.map(told -> ",fb=" + told.replace(":", "%3A")).orElse("");
  }

  private String payload(Route.Proxyter proxyter) {
    // Spread, each address has requests of its own: a neighbour's are never taken over. Otherwise
    // another proxy may stand in for one that is down, but not for one that was shut out.
    boolean hard = proxyter.rotation().mode() == Rotation.Mode.SPREAD;
    return type.label()
        + ","
        + session()
        + (hard ? ",sm=hard" : ",sm=firm")
        + joined(",g=", proxyter.groups())
        + joined(",tag=", proxyter.tags());
  }

  private static String joined(String key, List<String> names) {
    return names.isEmpty()
        ? ""
        : key + String.join("+", names.stream().map(Egress::encoded).toList());
  }

  private static String encoded(String value) {
    var out = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || "-._~".indexOf(c) >= 0;
      if (plain) out.append(c);
      else out.append("%%%02X".formatted((int) c));
    }
    return out.toString();
  }

  /** The route as a plan shows it, with all the addresses it may take. */
  @Override
  public String planned() {
    return switch (route) {
      case Route.Direct _, Route.Via _ -> toString();
      case Route.Proxyter proxyter -> this + " (" + proxyter.rotation() + ")";
    };
  }

  /** The way, with what Proxyter is told but for the name of the tunnel; without secrets. */
  @Override
  public String toString() {
    return switch (route) {
      case Route.Direct _, Route.Via _ -> route.toString();
      case Route.Proxyter proxyter -> proxyter.address().shown() + "/" + payload(proxyter);
    };
  }
}
