package io.tradeflood.net.stream;

import java.time.Duration;

/**
 * What an exchange allows of streams.
 *
 * @param channelsPerConnection how many channels one connection carries
 * @param channelsPerMessage how many channels one message subscribes to
 * @param bytesPerMessage how long such a message is at most
 * @param messages how many messages may be sent in {@code messageWindow}, pings included
 * @param messageWindow see {@code messages}
 * @param connects how many connections may be opened in {@code connectWindow}, by one address
 * @param connectWindow see {@code connects}
 * @param connections how many connections one address may hold
 * @param lifetime how long a connection lives before the exchange closes it
 * @param quiet after how long without any data, of all its channels, a connection counts as stale
 */
public record StreamLimits(
    int channelsPerConnection,
    int channelsPerMessage,
    int bytesPerMessage,
    int messages,
    Duration messageWindow,
    int connects,
    Duration connectWindow,
    int connections,
    Duration lifetime,
    Duration quiet) {

  /** Careful numbers, for exchanges that tell none. */
  public static StreamLimits standard() {
    return new StreamLimits(
        100,
        50,
        4096,
        5,
        Duration.ofSeconds(1),
        60,
        Duration.ofMinutes(1),
        100,
        Duration.ofHours(24),
        Duration.ofSeconds(60));
  }

  /** These with other numbers of channels, for a connection and for a message. */
  public StreamLimits channels(int perConnection, int perMessage, int bytes) {
    return new StreamLimits(
        perConnection,
        perMessage,
        bytes,
        messages,
        messageWindow,
        connects,
        connectWindow,
        connections,
        lifetime,
        quiet);
  }

  /** These with another number of messages in a window. */
  public StreamLimits messages(int number, Duration window) {
    return new StreamLimits(
        channelsPerConnection,
        channelsPerMessage,
        bytesPerMessage,
        number,
        window,
        connects,
        connectWindow,
        connections,
        lifetime,
        quiet);
  }

  /** These with another number of connects in a window, and of connections at once. */
  public StreamLimits connects(int number, Duration window, int atOnce) {
    return new StreamLimits(
        channelsPerConnection,
        channelsPerMessage,
        bytesPerMessage,
        messages,
        messageWindow,
        number,
        window,
        atOnce,
        lifetime,
        quiet);
  }

  /** These with another lifetime of connections. */
  public StreamLimits lifetime(Duration longest) {
    return new StreamLimits(
        channelsPerConnection,
        channelsPerMessage,
        bytesPerMessage,
        messages,
        messageWindow,
        connects,
        connectWindow,
        connections,
        longest,
        quiet);
  }

  /** These with another time of silence. */
  public StreamLimits quiet(Duration longest) {
    return new StreamLimits(
        channelsPerConnection,
        channelsPerMessage,
        bytesPerMessage,
        messages,
        messageWindow,
        connects,
        connectWindow,
        connections,
        lifetime,
        longest);
  }
}
