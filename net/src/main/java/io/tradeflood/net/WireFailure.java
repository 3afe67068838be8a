package io.tradeflood.net;

import org.jspecify.annotations.Nullable;

/** One try brought no whole answer. */
final class WireFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final Phase phase;
  private final Kind kind;
  private final String happened;

  WireFailure(Phase phase, Kind kind, String happened, @Nullable Throwable cause) {
    super(happened, cause);
    this.phase = phase;
    this.kind = kind;
    this.happened = happened;
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
    /** What answers speaks another language than HTTP. */
    FOREIGN
  }
}
