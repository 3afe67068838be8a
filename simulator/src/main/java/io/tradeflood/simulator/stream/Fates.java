package io.tradeflood.simulator.stream;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides what goes wrong on streams. A path names a stream: {@code /binance/spot/btcusdt@trade}.
 */
public interface Fates {

  /** What becomes of one message. */
  sealed interface Fate {
    Fate WELL = new Arrives(1);
    Fate REPEATED = new Arrives(2);
    Fate DROPPED = new Arrives(0);
    Fate REORDERED = new Reordered();
    Fate CUT = new Cut();

    static Fate stall(Duration time) {
      return new Stall(time);
    }

    /** It arrives so often. */
    record Arrives(int times) implements Fate {}

    /** It arrives after the next one of its stream. */
    record Reordered() implements Fate {}

    /** The connection ends in the middle of it. */
    record Cut() implements Fate {}

    /** With it the connection falls silent for so long. */
    record Stall(Duration time) implements Fate {}
  }

  /** What becomes of the next message of a stream. */
  Fate message(String path);

  /** Whether a subscription is refused. */
  boolean refused(String path);

  /** Whether the next checksum of a stream is wrong. */
  boolean wrongChecksum(String path);

  /** After which time a new connection is dropped without a word. */
  Optional<Duration> disconnect(String path);

  /** Tells that such a connection was dropped. */
  void disconnected();

  /** After which time a new connection is closed as the exchange closes old ones. */
  Optional<Duration> lifetime(String path);

  /** Tells that such a connection was closed. */
  void outlived();
}
