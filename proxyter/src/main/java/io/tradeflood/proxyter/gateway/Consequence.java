package io.tradeflood.proxyter.gateway;

import java.time.Instant;
import java.util.Optional;

/**
 * What follows from a client's word on how a target answered.
 *
 * @param action what is done about it
 * @param switches whether the client should leave this proxy at this target
 * @param until until when the target wants to be left alone, if the client said so
 * @param closed how many open tunnels are closed because of it
 */
public record Consequence(Action action, boolean switches, Optional<Instant> until, int closed) {

  /** What is done about a client's word. */
  public enum Action {
    /** The proxy is shut out at the target. */
    BANNED,
    /** The proxy waits at the target. */
    PAUSED,
    /** The target is suspected of being down. */
    SUSPECTED,
    /** It is good news. */
    SERVED,
    /** Nothing but remembered: the route has no rule for the status. */
    NOTED
  }
}
