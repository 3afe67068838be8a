package io.tradeflood.net;

import io.tradeflood.connector.ConnectorContext;
import io.tradeflood.connector.ServiceContext;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.proxy.Rotation;
import io.tradeflood.turn.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Opens connections that stay open, by the routes of the proxy scheme: the seam between what is
 * done with streams and what carries them. Not for users: connectors describe a {@link
 * io.tradeflood.net.stream.StreamConnector}.
 */
public interface StreamWire extends AutoCloseable {
  /** The wire of a TradeFlood. Nothing is started before it is used. */
  static StreamWire of(ServiceContext context) {
    return Tape.of(context).streams(() -> NettyStreamWire.of(context));
  }

  /** One of the threads, the next one each time. */
  StreamLoop loop();

  /** The ways that requests of the type may take, the first one to be taken first. */
  List<? extends Way> ways(RequestType type);

  /** What is opened, as it may be shown to anybody. */
  String shown(Opening opening);

  /**
   * Begins to open a connection. Returns at once; the listener is told on the loop's thread.
   *
   * @throws IllegalArgumentException if the address is none; the message is a whole line
   */
  Line open(Opening opening, StreamLoop loop, Listener listener);

  /** A number from 0 to below 1, by which delays differ. */
  double random();

  /** Has somebody told, on a loop's thread, when nothing can come any more: a tape has ended. */
  void whenOver(Runnable told);

  /** Lets go of all connections and threads. */
  @Override
  void close();

  /** A way to the exchange, without secrets when written out. */
  interface Way {
    /** By what limits are kept: the same for all that leave by one address. */
    String key();

    /** The way as a plan shows it. */
    String planned();

    /** Whether there are others beside it. */
    Rotation rotation();
  }

  /**
   * What is to be opened.
   *
   * @param context whose it is
   * @param group which of the connector's addresses, see {@code StreamConnector.group}
   * @param url the exchange's own address
   * @param path what stands behind it, a query included
   * @param headers by name
   * @param lines whether lines of an answer that never ends are wanted, rather than a WebSocket
   * @param way the way to take
   */
  record Opening(
      ConnectorContext context,
      String group,
      String url,
      String path,
      Map<String, String> headers,
      boolean lines,
      Way way) {}

  /** What is told of a connection; on its loop's thread, one after the other. */
  interface Listener {
    /** It is open. */
    void opened();

    /**
     * A message has come.
     *
     * @param bytes hold it; valid until this returns, with some room behind it
     * @param received when it came, UTC; the very same object for all that came at once
     */
    void message(byte[] bytes, int offset, int length, Instant received);

    /** The other side has sent a ping, which was answered. */
    void pinged();

    /** The other side has answered a ping, or shown in another way that it is there. */
    void ponged();

    /**
     * It is closed, or could not be opened; the last that is told. Not told if it was closed by
     * {@link Line#close}.
     *
     * @param why what happened
     * @param lasting whether another try would end the same
     */
    void closed(Failure why, boolean lasting);
  }

  /** A connection that is open or being opened; used on its loop's thread. */
  interface Line {
    /** Sends a text. */
    void send(String text);

    /** Sends a ping. */
    void ping();

    /** Tells no messages until {@link #resume}, and reads none: the other side has to wait. */
    void pause();

    /** Goes on after {@link #pause}. */
    void resume();

    /** Closes it; nothing more is told. */
    void close();

    /** The same, because nothing comes by it any more, which speaks against the way. */
    default void dead() {
      close();
    }

    /** How many bytes have come so far, as sent. */
    long bytes();
  }
}
