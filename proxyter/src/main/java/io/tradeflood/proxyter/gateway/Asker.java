package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.hop.Handshake;
import java.util.List;

/** Who waits for a way to a target. Called on its event loop, once. */
interface Asker {
  /** What is said through a proxy until the way is open. */
  List<Handshake> handshakes(Choice.Grant grant);

  /** There is a way; what it does with the channel and the reservations is its business now. */
  void opened(Dial dial);

  void refused(Refusal refusal);
}
