package io.tradeflood.net;

import io.tradeflood.net.json.Payload;
import io.tradeflood.net.json.UnexpectedJsonException;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was seen of an answer, as Proxyter is told it. Proxyter carries TLS without looking into it.
 *
 * @param id our name for the tunnel
 * @param status of HTTP, or what it means where the exchange says it in words of its own; absent if
 *     there was no answer
 * @param retryAfter for how many seconds the exchange wants to be left alone
 * @param usedWeight what the exchange says was used of its windows, by the window's length
 * @param requests how many requests it stands for
 * @param bodyHint the exchange's code for what is wrong
 * @param bytes of the bodies
 * @param phase how far it came, where there was no whole answer
 */
record Sighting(
    String id,
    OptionalInt status,
    OptionalLong retryAfter,
    Map<String, Long> usedWeight,
    long requests,
    Optional<String> bodyHint,
    long bytes,
    Optional<String> phase) {
  private static final Set<Integer> TELLING = Set.of(403, 418, 429, 451);
  private static final int LONGEST = 64;

  /** Whether it has to be told at once. */
  boolean isUrgent() {
    return status.isPresent() && TELLING.contains(status.getAsInt());
  }

  /** Whether there is nothing to it but that all is well. */
  boolean isGood() {
    return status.isPresent() && status.getAsInt() < 400 && retryAfter.isEmpty();
  }

  /** Of an answer. */
  static Sighting of(String id, Errand errand, HttpReply reply, Optional<Failure> failure) {
    var limited =
        failure.flatMap(
            f ->
                f instanceof Failure.Limited l
                    ? Optional.of(l)
                    : Optional.<Failure.Limited>empty());
    // Some exchanges say it with a good status and a code.
    int status =
        limited.isPresent() && !TELLING.contains(reply.status())
            ? limited.get().isBan() ? 418 : 429
            : reply.status();
    var wait =
        limited
            .map(l -> Duration.between(reply.received(), l.until()))
            .or(() -> status >= 400 ? RetryAfter.of(reply) : Optional.empty());
    return new Sighting(
        id,
        OptionalInt.of(status),
        seconds(wait),
        used(errand, reply),
        1,
        failure.isPresent() ? code(reply) : Optional.empty(),
        reply.body().length,
        Optional.empty());
  }

  /**
   * Of the answer to the request that opens a stream.
   *
   * @param pause for how long the exchange wants to be left alone
   */
  static Sighting of(String id, int status, Optional<Duration> pause) {
    return new Sighting(
        id,
        OptionalInt.of(status),
        seconds(pause),
        Map.of(),
        1,
        Optional.empty(),
        0,
        Optional.empty());
  }

  private static OptionalLong seconds(Optional<Duration> pause) {
    return pause
        .map(wait -> OptionalLong.of(Math.max(1, wait.plusMillis(999).toSeconds())))
        .orElse(OptionalLong.empty());
  }

  /** Of a request without a whole answer. */
  static Sighting of(String id, Phase phase) {
    return new Sighting(
        id,
        OptionalInt.empty(),
        OptionalLong.empty(),
        Map.of(),
        1,
        Optional.empty(),
        0,
        Optional.of(phase.toString()));
  }

  private static Map<String, Long> used(Errand errand, HttpReply reply) {
    var used = new TreeMap<String, Long>();
    for (var limit : errand.connector().limits())
      limit
          .usedHeader()
          .flatMap(reply::header)
          .map(String::strip)
          .filter(text -> text.matches("[0-9]{1,15}"))
          .ifPresent(text -> used.merge(length(limit.window()), Long.parseLong(text), Math::max));
    return used;
  }

  private static String length(Duration window) {
    long seconds = window.toSeconds();
    if (seconds % 86_400 == 0) return seconds / 86_400 + "d";
    if (seconds % 3_600 == 0) return seconds / 3_600 + "h";
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static Optional<String> code(HttpReply reply) {
    try {
      return Payload.of(reply.body()).text("code").map(Sighting::cut);
    } catch (UnexpectedJsonException _) {
      return Optional.empty();
    }
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  /** Two good ones of one tunnel, the later one last. */
  Sighting and(Sighting later) {
    var used = new TreeMap<>(usedWeight);
    used.putAll(later.usedWeight);
    return new Sighting(
        id,
        later.status,
        OptionalLong.empty(),
        used,
        requests + later.requests,
        Optional.empty(),
        bytes + later.bytes,
        Optional.empty());
  }

  /** As Proxyter's admin port takes it. */
  Report report() {
    return new Report(
        id,
        status,
        retryAfter,
        usedWeight,
        requests,
        phase.map(reached -> "no answer, " + reached).or(() -> bodyHint),
        bytes);
  }

  /** See docs/proxyter-protocol.md; the names are Proxyter's. */
  record Report(
      String id,
      OptionalInt status,
      OptionalLong retryAfter,
      Map<String, Long> usedWeight,
      long requests,
      Optional<String> bodyHint,
      long bytes) {}

  /** As the value of {@code fb}; empty if there is no status to tell. */
  Optional<String> word() {
    return status.isEmpty()
        ? Optional.empty()
        : Optional.of(
            id
                + ":"
                + status.getAsInt()
                + (retryAfter.isPresent() ? ":" + retryAfter.getAsLong() : ""));
  }
}
