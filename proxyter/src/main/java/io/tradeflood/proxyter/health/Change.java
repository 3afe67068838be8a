package io.tradeflood.proxyter.health;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

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
 * @param reason why, for people, as far as verdict and evidence do not say it
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
    Optional<String> reason,
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

  /** What it is about, such as {@code proxy:fr-7}. */
  public String subject() {
    String about = proxy.map(p -> "proxy:" + p).orElse("");
    if (type.startsWith("pair.")) return about + " origin:" + origin.orElse("?");
    if (type.startsWith("origin.")) return "origin:" + origin.orElse("?");
    if (type.startsWith("group.")) return "group:" + group.orElse("?");
    if (type.startsWith("provider.")) return "provider:" + provider.orElse("?");
    return about.isEmpty() ? "network" : about;
  }

  /** For people, in one line: what it is about, what was seen, who is at fault, what follows. */
  public String message() {
    var why = new StringJoiner(", ", ": ", "; ").setEmptyValue(": ");
    for (Attempt seen : evidence) why.add(seen.signal().code() + " at " + seen.target() + by(seen));
    reason.ifPresent(why::add);
    verdict.map(Verdict::name).ifPresent(why::add);
    String end = type.equals("proxy.down") ? ", probed at " : " until ";
    return subject() + why + action + until.map(u -> end + u).orElse("");
  }

  private String by(Attempt seen) {
    return proxy.filter(seen.proxy()::equals).isPresent() ? "" : " by " + seen.proxy();
  }
}
