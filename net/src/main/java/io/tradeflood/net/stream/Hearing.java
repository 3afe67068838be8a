package io.tradeflood.net.stream;

import io.tradeflood.net.json.UnexpectedJsonException;
import java.time.Instant;

/**
 * What comes by a connection: told apart, and passed to the channel or to who has asked. Belongs to
 * its group's loop.
 */
final class Hearing {
  private static final System.Logger LOG = System.getLogger(Hearing.class.getName());

  /** So many unreadable messages in a row are too many. */
  private static final int UNREADABLE = 10;

  private final Upstream upstream;
  private final Channels channels;
  private final Asking asking;
  private final Watch watch;
  private final Reading reading;
  private final Message message = new Message();
  private volatile long messages;
  private int unreadable;

  Hearing(
      Upstream upstream, StreamConnector connector, Channels channels, Asking asking, Watch watch) {
    this.upstream = upstream;
    this.channels = channels;
    this.asking = asking;
    this.watch = watch;
    reading = new Reading(connector);
  }

  /** How many messages have come so far. */
  long messages() {
    return messages;
  }

  /** The connection is open. */
  void begin() {
    unreadable = 0;
  }

  void message(byte[] bytes, int offset, int length, Instant received) {
    messages++;
    if (message.take(bytes, offset, length, received)) watch.heard();
    if (watch.isAnswer(message)) return;
    try {
      var incoming = reading.read(message.begin(), channels);
      unreadable = 0;
      if (incoming instanceof Seat seat) data(seat);
      else if (incoming instanceof Incoming.Word word) asking.word(word);
    } catch (UnexpectedJsonException unexpected) {
      unexpected(unexpected);
    }
  }

  private void data(Seat seat) {
    message.snapshot(seat.takeSnapshot());
    seat.lastData = watch.data();
    upstream.taken(seat);
    seat.channel.message(seat, message, this);
    if (seat.channel.isFull()) upstream.pause();
  }

  /** Has the message stand at its data once more, for another reader. */
  boolean readAgain(Seat seat) {
    var again = reading.read(message.begin(), channels);
    message.snapshot(seat.takeSnapshot());
    return again == seat;
  }

  private void unexpected(UnexpectedJsonException unexpected) {
    LOG.log(
        System.Logger.Level.WARNING,
        "{0}: a message could not be told apart: {1}: {2}",
        upstream.name(),
        Group.line(unexpected),
        Group.excerpt(message.text()));
    if (++unreadable >= UNREADABLE)
      upstream.fail("sends messages that cannot be told apart: " + Group.line(unexpected));
  }
}
