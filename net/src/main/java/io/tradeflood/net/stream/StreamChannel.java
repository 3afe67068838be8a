package io.tradeflood.net.stream;

import io.tradeflood.live.BookStream;
import io.tradeflood.live.BookUpdate;
import io.tradeflood.live.Feed;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.RowReader;
import io.tradeflood.turn.Turn;
import java.time.Duration;

/**
 * The description of a subscription: immutable, each method gives a changed copy. Nothing is
 * subscribed to before a plan runs. Who subscribes last shares the channel with those before.
 */
public interface StreamChannel {
  /** Begins the description of a subscription of a connector. */
  static StreamChannel of(StreamConnector connector, String name) {
    return connector.context().services().get(StreamTransport.class).channel(connector, name);
  }

  /**
   * After how long without data this channel counts as stale and is subscribed to anew; by default
   * only the connection as a whole is watched, since a quiet market is no fault. A connection with
   * none but channels that may be silent for longer than it ({@link StreamLimits#quiet}) may be so
   * too, as long as pings show that it is there.
   */
  StreamChannel quiet(Duration longest);

  /** Each message is a row. The reader begins where {@link StreamConnector#read} left off. */
  <T> Turn<Feed<T>> feed(RowReader<T> reader);

  /**
   * Each message has an array of rows, where {@link StreamConnector#read} left off. They are told
   * in the order of the array.
   */
  <T> Turn<Feed<T>> feedEach(RowReader<T> reader);

  /** As {@link #feedEach}, for arrays with the newest row first: they are told the other way. */
  <T> Turn<Feed<T>> feedNewestFirst(RowReader<T> reader);

  /** Each message changes a book, or is the whole of it. */
  Turn<BookStream> book(UpdateReader reader);

  /** Reads a message into an update that is used again and again. */
  @FunctionalInterface
  interface UpdateReader {
    /**
     * Reads one message. Begins with {@link BookUpdate#begin}.
     *
     * @param message stands where {@link StreamConnector#read} left off
     * @param snapshot whether the connector has said {@link Channels.Entry#asSnapshot}
     * @param into what is read
     */
    void read(JsonScanner message, boolean snapshot, BookUpdate into);
  }
}
