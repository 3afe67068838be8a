package io.tradeflood.net.stream;

import io.tradeflood.net.json.JsonScanner;
import org.jspecify.annotations.Nullable;

/** The channels of a connection, looked up by what messages call them. */
public interface Channels {
  /** A channel that is subscribed to. */
  non-sealed interface Entry extends Incoming {
    /** Its name. */
    String name();

    /**
     * Says that the message tells the whole as it is, or the recent past, rather than what is new;
     * for exchanges that begin so.
     */
    Entry asSnapshot();
  }

  /**
   * The channel whose name is the text that the scanner stands before; the text is read.
   *
   * @return null if there is none such
   */
  @Nullable Entry find(JsonScanner text);

  /** The channel of the name; null if there is none such. */
  @Nullable Entry find(String name);

  /**
   * The channel whose name is these three texts with a {@code /} between them, for exchanges that
   * name a channel by an object; best read with {@link JsonScanner#readWord}.
   *
   * @return null if there is none such
   */
  default @Nullable Entry find(String first, String second, String third) {
    return find(first + '/' + second + '/' + third);
  }

  /** The channel if there is but one on this connection, for messages that name none. */
  @Nullable Entry only();
}
