package io.tradeflood.net;

import io.tradeflood.connector.Limit;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.proxy.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All that is known of a request before it is sent.
 *
 * @param connector whose it is
 * @param type by which its route was chosen
 * @param address whom it is for
 * @param target path and query, encoded
 * @param shown the same as it may be shown to anybody
 * @param headers by name
 * @param takings what it takes from which limits
 * @param egress the way it takes, or the one it takes first
 * @param hold how long the exchange may hold the answer back, beside the usual time
 */
record Errand(
    RestConnector connector,
    RequestType type,
    Address address,
    String target,
    String shown,
    Map<String, String> headers,
    List<Taking> takings,
    Egress egress,
    Duration hold) {

  /** The route it belongs to. */
  Route route() {
    return egress.route();
  }

  /** The same by another way. */
  Errand by(Egress other) {
    return new Errand(connector, type, address, target, shown, headers, takings, other, hold);
  }

  /** So much from a limit. */
  record Taking(Limit limit, long amount) {}

  /** With whom it takes turns for a place: those that take from the same limits. */
  Party party() {
    return new Party(hostName(), takings.stream().map(taking -> taking.limit().name()).toList());
  }

  /** Requests of a connector that take from the same limits. */
  record Party(String hostName, List<String> limits) {}

  /** The connector's host name, such as {@code binance.spot-rest}. */
  String hostName() {
    return connector.context().hostName();
  }

  /** Whom it is for, as messages begin. */
  String subject() {
    return hostName() + " at " + address;
  }

  /** The request in a line, without secrets. */
  String line() {
    return "GET " + address + shown;
  }

  /** What to do about an address that does not work. */
  String advice() {
    return connector.context().host().isPresent()
        ? "check the address given with --host %s=…".formatted(hostName())
        : "check the network, or give another address with --host %s=URL".formatted(hostName());
  }

  /**
   * @param payload what Proxyter is told, empty if the way does not lead by it
   */
  WireRequest onTheWire(String payload) {
    return new WireRequest(address, target, headers, route(), payload, hold);
  }
}
