package io.tradeflood.proxyter.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Something that happened, as it is written to the journal and sent to callbacks.
 *
 * @param id unique over restarts; a receiver that sees it twice has it once
 * @param seq its number in the journal, growing by one, over restarts too
 * @param time when, UTC
 * @param type such as {@code proxy.down}
 * @param severity {@code info warning error}
 * @param subject what it is about, such as {@code proxy:fr-7}; events of one subject are told in
 *     order
 * @param confidence 0 to 1, of a verdict
 * @param message for people, one line
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonPropertyOrder({"id", "seq", "time", "type", "severity"})
public record Event(
    String id,
    long seq,
    Instant time,
    String type,
    String severity,
    String subject,
    Optional<ProxyPart> proxy,
    Optional<String> origin,
    Optional<String> provider,
    Optional<GroupPart> group,
    Optional<String> requestType,
    Optional<String> verdict,
    OptionalDouble confidence,
    Optional<Instant> since,
    Optional<Instant> until,
    List<EvidencePart> evidence,
    Optional<String> action,
    String message) {

  public Event {
    evidence = List.copyOf(evidence);
  }

  /** The proxy it is about. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record ProxyPart(
      String id, Optional<String> name, List<String> groups, Optional<String> provider) {}

  /** The group it is about, with how many of its members serve. */
  public record GroupPart(String id, int eligible, int total) {}

  /** What was seen. */
  public record EvidencePart(
      Instant at,
      String phase,
      @com.fasterxml.jackson.annotation.JsonProperty("class") String code,
      String via,
      String to,
      long ms) {}
}
