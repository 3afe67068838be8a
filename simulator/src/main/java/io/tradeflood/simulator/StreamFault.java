package io.tradeflood.simulator;

import java.time.Duration;

/** What goes wrong on streams. Their rules' paths name streams, not requests. */
public sealed interface StreamFault extends Chaos.Fault {

  /** A message does not come. */
  record Drop() implements StreamFault {
    @Override
    public String text() {
      return "drop";
    }
  }

  /** A message comes twice. */
  record Repeat() implements StreamFault {
    @Override
    public String text() {
      return "repeat";
    }
  }

  /** A message comes after the next one of its stream. */
  record Reorder() implements StreamFault {
    @Override
    public String text() {
      return "reorder";
    }
  }

  /** From this message on no stream of the connection says anything for so long; pings go on. */
  record Stall(Duration time) implements StreamFault {
    @Override
    public String text() {
      return "stall=" + time.toMillis() + "ms";
    }
  }

  /** The connection ends in the middle of the message's frame. */
  record Cut() implements StreamFault {
    @Override
    public String text() {
      return "cut";
    }
  }

  /** A subscription is refused. */
  record Refuse() implements StreamFault {
    @Override
    public String text() {
      return "refuse";
    }
  }

  /**
   * A connection ends without a word when it is so old, and by chance up to {@code jitter} older.
   */
  record Disconnect(Duration time, Duration jitter) implements StreamFault {
    @Override
    public String text() {
      String more = jitter.isZero() ? "" : "+" + jitter.toMillis() + "ms";
      return "disconnect=" + time.toMillis() + "ms" + more;
    }
  }

  /** A connection is closed when it is so old, as the exchange closes those that are a day old. */
  record Lifetime(Duration time) implements StreamFault {
    @Override
    public String text() {
      return "lifetime=" + time.toMillis() + "ms";
    }
  }

  /** The checksum of a book is wrong. */
  record WrongChecksum() implements StreamFault {
    @Override
    public String text() {
      return "wrongchecksum";
    }
  }
}
