package io.tradeflood.simulator.wire;

import java.util.Optional;

/**
 * What two sides agreed on about permessage-deflate (RFC 7692).
 *
 * @param serverKeeps whether the server's messages lean on the ones before
 * @param clientKeeps whether the client's do
 */
public record Deflate(boolean serverKeeps, boolean clientKeeps) {

  /** What of permessage-deflate a server is ready for. */
  public enum Policy {
    /** Every offer is declined. */
    OFF,
    /** As the client likes it. */
    ON,
    /** No message leans on the ones before, whatever the client likes. */
    FORGETFUL
  }

  /**
   * The first offer that can be accepted. Windows of less than 15 bits cannot be made here, so who
   * insists on one is declined.
   *
   * @param offers the fields {@code Sec-WebSocket-Extensions}
   */
  static Optional<Deflate> negotiate(Iterable<String> offers, Policy policy) {
    if (policy != Policy.OFF) {
      for (String field : offers) {
        for (String offer : field.split(",", -1)) {
          Optional<Deflate> accepted = accept(offer.strip(), policy == Policy.FORGETFUL);
          if (accepted.isPresent()) {
            return accepted;
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Deflate> accept(String offer, boolean forgetful) {
    String[] parts = offer.split(";", -1);
    if (!parts[0].strip().equals("permessage-deflate")) {
      return Optional.empty();
    }
    boolean serverKeeps = !forgetful;
    boolean clientKeeps = !forgetful;
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].replaceAll("[ \"]", "");
      if (parameter.equals("server_no_context_takeover")) {
        serverKeeps = false;
      } else if (parameter.equals("client_no_context_takeover")) {
        clientKeeps = false;
      } else if (!parameter.matches("client_max_window_bits(=(8|9|1[0-5]))?")
          && !parameter.equals("server_max_window_bits=15")) {
        return Optional.empty();
      }
    }
    return Optional.of(new Deflate(serverKeeps, clientKeeps));
  }

  /** As the server's answer says it. */
  String text() {
    return "permessage-deflate"
        + (serverKeeps ? "" : "; server_no_context_takeover")
        + (clientKeeps ? "" : "; client_no_context_takeover");
  }
}
