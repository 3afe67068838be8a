package io.tradeflood.net;

import io.tradeflood.proxy.Route;
import io.tradeflood.turn.Failure;
import java.util.Optional;

/**
 * One try's tunnel by Proxyter, and what was seen on it, which Proxyter is told when the try is
 * over. By other ways it is nothing. Used by one thread.
 */
final class Ride implements AutoCloseable {
  private final Errand errand;
  private final HttpTransport transport;
  private final Optional<Tunnels.Pass> pass;
  private boolean shared;

  private Ride(Errand errand, HttpTransport transport, Optional<Tunnels.Pass> pass) {
    this.errand = errand;
    this.transport = transport;
    this.pass = pass;
  }

  static Ride by(Errand errand, HttpTransport transport) {
    return new Ride(
        errand,
        transport,
        errand.route() instanceof Route.Proxyter proxyter
            ? Optional.of(
                transport
                    .tunnels()
                    .take(
                        errand.address(), errand.egress(), proxyter, transport.timeline().nanos()))
            : Optional.empty());
  }

  /** What Proxyter is told when the tunnel is opened. */
  String payload() {
    return pass.map(Tunnels.Pass::payload).orElse("");
  }

  /**
   * The exchange has answered.
   *
   * @param failure what is wrong with the answer
   */
  void answered(WireReply got, Optional<Failure> failure) {
    shared = got.shared();
    if (pass.isEmpty() || !(errand.route() instanceof Route.Proxyter proxyter)) return;
    var reply = got.reply();
    reply
        .header("proxyter-proxy")
        .filter(_ -> !errand.address().secure())
        .ifPresent(proxy -> transport.seen(errand.egress(), proxy));
    var sighting = Sighting.of(pass.get().id(), errand, reply, failure);
    // Without TLS Proxyter sees statuses by itself; told twice, one ban would be two.
    boolean seen =
        !errand.address().secure()
            && sighting.status().isPresent()
            && sighting.status().getAsInt() == reply.status();
    if (!seen) transport.tell(proxyter, sighting);
  }

  /** There is none. */
  void broke(WireFailure failure) {
    if (pass.isEmpty() || !(errand.route() instanceof Route.Proxyter proxyter)) return;
    boolean open =
        switch (failure.phase()) {
          case RESOLVE, CONNECT, PROXY -> false;
          case TLS, SEND, WAIT, RECEIVE, STATUS -> true;
        };
    if (open) transport.tell(proxyter, Sighting.of(pass.get().id(), failure.phase()));
  }

  @Override
  public void close() {
    pass.ifPresent(
        mine -> transport.tunnels().giveBack(errand.address(), errand.egress(), mine, shared));
  }
}
