package io.tradeflood.net;

import io.tradeflood.live.Feed;
import io.tradeflood.turn.Turn;
import java.time.Duration;

/**
 * The description of a request that is made again and again: immutable, each method gives a changed
 * copy. Where answers have an ETag, it is sent back, and an unchanged answer costs no reading. Rows
 * that stood in the answer before are not told again.
 */
public interface PollRequest {
  /** Begins the description. */
  static PollRequest of(PollConnector connector, RestRequest request) {
    return PlannedPoll.of(connector, request);
  }

  /** The parameter in which the cursor of the last answer goes out. */
  PollRequest cursor(String parameter);

  /**
   * The exchange holds an answer back until there is something new, at most so long: it is asked
   * again at once.
   */
  PollRequest held(Duration longest);

  /**
   * How long to wait between two requests: the shorter time while there is news, up to the longer
   * one without. By default 1 s and 30 s.
   */
  PollRequest every(Duration shortest, Duration longest);

  /** Each answer is a page of rows. */
  <T> Turn<Feed<T>> feed(PageReader<T> reader);

  /** Reads an answer. Pure. */
  @FunctionalInterface
  interface PageReader<T> {
    PollPage<T> read(byte[] body) throws Exception;
  }
}
