package io.tradeflood.net.stream;

import io.tradeflood.turn.Failure;
import java.util.List;

/** What a message of a stream is. */
public sealed interface Incoming permits Channels.Entry, Incoming.Word {
  /** Everything but data. */
  sealed interface Word extends Incoming {}

  /** Nothing of interest: a heartbeat, data of a channel that was just left. */
  Word IGNORED = new Ignored();

  /** See {@link #IGNORED}. */
  record Ignored() implements Word {}

  /**
   * The exchange has taken a message.
   *
   * @param id the message's number
   */
  record Done(long id) implements Word {}

  /**
   * The exchange has taken, or taken back, subscriptions to these channels.
   *
   * @param channels their names
   */
  record Subscribed(List<String> channels) implements Word {
    public Subscribed {
      channels = List.copyOf(channels);
    }
  }

  /**
   * The exchange has refused a message.
   *
   * @param id the message's number; if it subscribed to several channels, each is tried alone, so
   *     that the fault of one hurts only itself
   * @param failure the exchange's code and text
   */
  record Refused(long id, Failure failure) implements Word {}

  /**
   * The exchange has refused a channel.
   *
   * @param channel its name
   * @param failure the exchange's code and text
   */
  record RefusedChannel(String channel, Failure failure) implements Word {}

  /**
   * The exchange will close this connection soon: another is opened before.
   *
   * @param reason its words
   */
  record Leaving(String reason) implements Word {}

  /**
   * The exchange has a complaint about the connection as a whole: it is opened anew.
   *
   * @param failure its code and text
   */
  record Broken(Failure failure) implements Word {}
}
