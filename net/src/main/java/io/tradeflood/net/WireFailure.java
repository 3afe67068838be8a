package io.tradeflood.net;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One try brought no whole answer. */
final class WireFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final Phase phase;
  private final Kind kind;
  private final String happened;
  private final transient @Nullable ProxyterAnswer answer;

  WireFailure(Phase phase, Kind kind, String happened, @Nullable Throwable cause) {
    this(phase, kind, happened, cause, null);
  }

  private WireFailure(
      Phase phase,
      Kind kind,
      String happened,
      @Nullable Throwable cause,
      @Nullable ProxyterAnswer answer) {
    super(happened, cause);
    this.answer = answer;
    this.phase = phase;
    this.kind = kind;
    this.happened = happened;
  }

  /** Proxyter did not let the request through, and says why. */
  static WireFailure of(ProxyterAnswer answer, @Nullable Throwable cause) {
    return new WireFailure(
        Phase.PROXY,
        ProxyterJudge.mayPass(answer) ? Kind.PASSING : Kind.LASTING,
        "was not let through by Proxyter",
        cause,
        answer);
  }

  /** What Proxyter says; empty if it is not Proxyter that did not let the request through. */
  Optional<ProxyterAnswer> answer() {
    return Optional.ofNullable(answer);
  }

  /** What happened, as the end of a sentence. */
  String happened() {
    return happened;
  }

  Phase phase() {
    return phase;
  }

  Kind kind() {
    return kind;
  }

  /** Whether the exchange can have seen the request, and so counted it. */
  boolean mayCount() {
    return switch (phase) {
      case RESOLVE, CONNECT, PROXY, TLS -> false;
      case SEND, WAIT, RECEIVE, STATUS -> true;
    };
  }

  /** What can be done about it. */
  enum Kind {
    /** It may pass: try again. */
    PASSING,
    /** Trying again changes nothing. */
    LASTING,
    /** The same, unless the certificate of what stands between is trusted. */
    UNTRUSTED,
    /** What answers speaks another language than HTTP. */
    FOREIGN,
    /** It was looked for on a tape, which has no answer, or none any more. */
    ABSENT
  }
}
