package io.tradeflood.proxyter.health;

/** What the watcher wants the prober to find out. */
public sealed interface Job {
  /** Whether a proxy that was taken out answers again: its handshake, and a control through it. */
  record ProbeProxy(String proxy) implements Job {}

  /** Whether a target that was down serves again, through any proxy. */
  record ProbeOrigin(String origin, String target) implements Job {}

  /** Whether a target serves a proxy again whose ban has run out. */
  record ProbePair(String proxy, String origin, String type) implements Job {}

  /** Whether this machine reaches anybody again. */
  record ProbeNetwork() implements Job {}

  /** Who is at fault for a failure that the recent outcomes do not settle. */
  record Diagnose(Attempt failure) implements Job {}
}
