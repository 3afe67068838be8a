package io.tradeflood.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, divided by what the caller can do about it. The message is one line: the thing,
 * what was expected and found, what to do; then the call that it belongs to and the line that
 * planned it, once a run has met it.
 */
public abstract sealed class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private Failure(String message, Optional<? extends Throwable> cause) {
    super(message, cause.orElse(null));
  }

  private transient volatile @Nullable Call<?> call;

  /** The message without the call and its line. */
  public final String reason() {
    return String.valueOf(super.getMessage());
  }

  /** The call that failed; empty if it is not a call that did. */
  public final Optional<Call<?>> call() {
    return Optional.ofNullable(call);
  }

  /** The line that planned the call, such as {@code AcmeCandles.java:31}; see {@link Call#site}. */
  public final Optional<String> site() {
    return call().flatMap(Call::site);
  }

  @Override
  public final String getMessage() {
    var known = call;
    if (known == null) return reason();
    return reason()
        + " (in "
        + known
        + known.site().map(line -> ", planned at " + line).orElse("")
        + ")";
  }

  /** Belongs to the call from now on, unless it belongs to one already. */
  final void in(Call<?> failed) {
    if (call == null) call = failed;
  }

  /** It cannot be had in this way: ask something else. */
  public static final class Unsupported extends Failure {
    private static final long serialVersionUID = 1;

    public Unsupported(String message) {
      super(message, Optional.empty());
    }
  }

  /** The other side said no to this question: its code and its words. */
  public static final class Refused extends Failure {
    private static final long serialVersionUID = 1;
    private final String code;
    private final int status;

    /**
     * @param code the exchange's code, or the HTTP status as text where it has none
     * @param status the HTTP status, 0 where there is none
     */
    public Refused(String message, String code, int status) {
      super(message, Optional.empty());
      this.code = code;
      this.status = status;
    }

    public String code() {
      return code;
    }

    public int status() {
      return status;
    }
  }

  /** Too much was asked, or the address is banned: wait. */
  public static final class Limited extends Failure {
    private static final long serialVersionUID = 1;
    private final Instant until;
    private final boolean ban;

    /**
     * @param until when asking is allowed again, UTC
     * @param ban whether the exchange has shut this address out, rather than slowed it down
     */
    public Limited(String message, Instant until, boolean ban) {
      super(message, Optional.empty());
      this.until = until;
      this.ban = ban;
    }

    public Instant until() {
      return until;
    }

    public boolean isBan() {
      return ban;
    }
  }

  /** There was no answer: try again, perhaps by another route. */
  public static final class Unreachable extends Failure {
    private static final long serialVersionUID = 1;
    private final String phase;
    private final String route;

    /**
     * @param phase how far it came: {@code resolve connect proxy tls send wait receive status}, or
     *     {@code tape} if it was looked for on one that does not have it
     * @param route the way it took, such as {@code direct}
     */
    public Unreachable(String message, String phase, String route, Throwable cause) {
      super(message, Optional.of(cause));
      this.phase = phase;
      this.route = route;
    }

    public Unreachable(String message, String phase, String route) {
      super(message, Optional.empty());
      this.phase = phase;
      this.route = route;
    }

    public String phase() {
      return phase;
    }

    public String route() {
      return route;
    }
  }

  /** The answer is not what was expected: the exchange changed, or something stands between. */
  public static final class Unreadable extends Failure {
    private static final long serialVersionUID = 1;

    /** The message names the place in the payload, what was expected there and what was found. */
    public Unreadable(String message, Throwable cause) {
      super(message, Optional.of(cause));
    }

    public Unreadable(String message) {
      super(message, Optional.empty());
    }
  }

  /** It took longer than the request allows. */
  public static final class Late extends Failure {
    private static final long serialVersionUID = 1;

    public Late(String what, Duration allowed) {
      super(
          "%s had no answer within %s: allow more time or ask less".formatted(what, allowed),
          Optional.empty());
    }
  }

  /** Nobody wants it any more. */
  public static final class Cancelled extends Failure {
    private static final long serialVersionUID = 1;

    public Cancelled(String what) {
      super(what + " was cancelled", Optional.empty());
    }
  }

  /** Our mistake, or that of a connector or a binding. */
  public static final class Bug extends Failure {
    private static final long serialVersionUID = 1;

    public Bug(String message, Throwable cause) {
      super(message, Optional.of(cause));
    }

    public Bug(String message) {
      super(message, Optional.empty());
    }
  }
}
