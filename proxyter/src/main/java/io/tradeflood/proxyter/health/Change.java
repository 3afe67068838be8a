package io.tradeflood.proxyter.health;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A change of health, as it is told to the journal and the callbacks. Never holds a secret.
 *
 * @param type such as {@code proxy.down}
 * @param severity how bad it is
 * @param proxy the proxy's id, where it concerns one
 * @param origin the target, where it concerns one
 * @param provider the provider, where it concerns one
 * @param group the group, where it concerns one
 * @param requestType the type of the request that showed it
 * @param verdict who was found to be at fault
 * @param confidence 0 to 1
 * @param since since when it is so, UTC
 * @param until when it ends, where that is known
 * @param evidence what was seen
 * @param action what follows, in one word
 */
public record Change(
    String type,
    Severity severity,
    Optional<String> proxy,
    Optional<String> origin,
    Optional<String> provider,
    Optional<String> group,
    Optional<String> requestType,
    Optional<Verdict> verdict,
    double confidence,
    Instant since,
    Optional<Instant> until,
    List<Attempt> evidence,
    String action) {

  /** How bad a change is. */
  public enum Severity {
    INFO,
    WARNING,
    ERROR
  }

  public Change {
    evidence = List.copyOf(evidence);
  }
}
