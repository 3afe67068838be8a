package io.tradeflood.net.callback;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What keeps strangers out. Secrets are settings of the connector, named here; one that is named
 * must be set. All that is asked for is checked.
 *
 * @param bodyLimit the longest body that is taken, in bytes
 * @param senders from which addresses posts may come; empty for any
 * @param pathSecret the setting whose value must stand behind the path; empty for none
 * @param bodySecret a field of the body, JSON, and the setting whose value it must have; empty for
 *     none
 * @param signature how posts are signed; empty if they are not
 * @param memory how long a post's key is remembered, see {@link CallbackConnector#keyOf}
 */
public record CallbackRules(
    int bodyLimit,
    Set<String> senders,
    Optional<String> pathSecret,
    Optional<BodySecret> bodySecret,
    Optional<Signature> signature,
    Duration memory) {

  public CallbackRules {
    senders = Set.copyOf(senders);
  }

  /** 64 KiB at most, from anybody; keys are remembered for ten minutes. */
  public static CallbackRules open() {
    return new CallbackRules(
        64 * 1024,
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ofMinutes(10));
  }

  /** The same with another limit. */
  public CallbackRules bodyLimit(int bytes) {
    return new CallbackRules(bytes, senders, pathSecret, bodySecret, signature, memory);
  }

  /** The same for these senders only. */
  public CallbackRules senders(List<String> addresses) {
    return new CallbackRules(
        bodyLimit, Set.copyOf(addresses), pathSecret, bodySecret, signature, memory);
  }

  /** The same with a secret behind the path. */
  public CallbackRules pathSecret(String setting) {
    return new CallbackRules(
        bodyLimit, senders, Optional.of(setting), bodySecret, signature, memory);
  }

  /** The same with a secret in a field of the body. */
  public CallbackRules bodySecret(String field, String setting) {
    return new CallbackRules(
        bodyLimit,
        senders,
        pathSecret,
        Optional.of(new BodySecret(field, setting)),
        signature,
        memory);
  }

  /** The same with a signature. */
  public CallbackRules signature(Signature by) {
    return new CallbackRules(bodyLimit, senders, pathSecret, bodySecret, Optional.of(by), memory);
  }

  /**
   * A secret in the body.
   *
   * @param field the name of a field of the body
   * @param setting the setting that has its value
   */
  public record BodySecret(String field, String setting) {}

  /**
   * A signature: HMAC with SHA-256 of the body, or of the time, a point and the body.
   *
   * @param header the header that has it
   * @param base64 whether it is written in Base64 rather than in hexadecimal
   * @param setting the setting that has the key
   * @param timeHeader the header that has the time, in seconds or milliseconds since 1970; empty if
   *     the time is not signed
   * @param tolerance how far the time may lie from ours
   */
  public record Signature(
      String header,
      boolean base64,
      String setting,
      Optional<String> timeHeader,
      Duration tolerance) {

    /** In hexadecimal, of the body alone. */
    public static Signature hex(String header, String setting) {
      return new Signature(header, false, setting, Optional.empty(), Duration.ofMinutes(5));
    }

    /** The same of the time as well. */
    public Signature timed(String headerOfTime, Duration within) {
      return new Signature(header, base64, setting, Optional.of(headerOfTime), within);
    }
  }
}
