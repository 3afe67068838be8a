package io.tradeflood.net;

import java.util.List;
import java.util.Optional;

/**
 * An answer to a request that is made again and again.
 *
 * @param rows what it has, in the order in which it is told
 * @param cursor where the next one goes on; empty to ask the same again
 */
public record PollPage<T>(List<T> rows, Optional<String> cursor) {
  public PollPage {
    rows = List.copyOf(rows);
  }

  /** Rows without a cursor. */
  public static <T> PollPage<T> of(List<T> rows) {
    return new PollPage<>(rows, Optional.empty());
  }
}
