package io.tradeflood.net;

import io.tradeflood.proxy.Route;
import java.time.Duration;
import java.util.Optional;

/**
 * A stream's tunnel by Proxyter, and what was seen on it, which Proxyter is told by the voice that
 * tells of requests too. By other ways it is nothing.
 */
final class StreamRide {
  private final Route route;
  private final Optional<HttpTransport> voice;
  private final String id;
  private final String payload;

  /**
   * @param id our name for the tunnel
   * @param voice who tells Proxyter, if anybody does
   */
  StreamRide(Egress way, String id, Optional<HttpTransport> voice) {
    this.route = way.route();
    this.voice = voice;
    this.id = id;
    payload =
        route instanceof Route.Proxyter proxyter
            ? way.payload(proxyter, id, voice.flatMap(one -> one.word(proxyter)))
            : "";
  }

  /** What Proxyter is told when the tunnel is opened. */
  String payload() {
    return payload;
  }

  /**
   * The exchange has answered the opening request.
   *
   * @param pause for how long it wants to be left alone
   */
  void answered(int status, Optional<Duration> pause) {
    tell(Sighting.of(id, status, pause));
  }

  /** It could not be opened, or has broken. */
  void broke(Phase phase) {
    boolean open =
        switch (phase) {
          case RESOLVE, CONNECT, PROXY -> false;
          case TLS, SEND, WAIT, RECEIVE, STATUS -> true;
        };
    if (open) tell(Sighting.of(id, phase));
  }

  private void tell(Sighting sighting) {
    if (route instanceof Route.Proxyter proxyter)
      voice.ifPresent(one -> one.tell(proxyter, sighting));
  }
}
