package io.tradeflood.net;

import io.tradeflood.proxy.RequestType;
import io.tradeflood.proxy.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One try of one request, and what came of it.
 *
 * @param connector the connector's host name, such as {@code binance.spot-rest}
 * @param requestType what kind of request it was
 * @param address scheme, host and port it was for
 * @param route the way it took
 * @param egress the same with which of its addresses it was, without secrets
 * @param number 1 for the first try
 * @param began when it left the queue of its limits, UTC
 * @param outcome what came of it
 * @param status the HTTP status, if there was an answer
 * @param phase how far it came, if there was no whole answer
 * @param connected until there was a connection; zero if it did not come so far, like the others
 * @param waited from then to the first byte of the answer
 * @param received from then to the last
 * @param total all of it
 * @param limits how the limits stand that it took from
 */
public record Attempt(
    String connector,
    RequestType requestType,
    String address,
    Route route,
    String egress,
    int number,
    Instant began,
    Outcome outcome,
    OptionalInt status,
    Optional<Phase> phase,
    Duration connected,
    Duration waited,
    Duration received,
    Duration total,
    List<LimitState> limits) {

  public Attempt {
    limits = List.copyOf(limits);
  }

  /** What came of a try. */
  public enum Outcome {
    /** An answer to the question. */
    ANSWERED,
    /** The exchange said no to this question. */
    REFUSED,
    /** The exchange said: too much, wait. */
    LIMITED,
    /** The exchange has shut this address out. */
    BANNED,
    /** The other side has a fault, by its own word. */
    FAULTY,
    /** There was an answer, but it cannot be read. */
    UNREADABLE,
    /** There was no whole answer. */
    UNREACHABLE,
    /** Nobody wanted it any more. */
    CANCELLED
  }
}
