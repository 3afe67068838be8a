package io.tradeflood.net;

import io.tradeflood.connector.ConnectorContext.Settings;
import java.time.Duration;

/**
 * How streams behave. Users set each value by the name in brackets.
 *
 * @param linger how long a channel is kept when nobody reads it any more ({@code stream.linger})
 * @param ack how long an exchange may take to answer a subscription ({@code stream.ack})
 * @param backOff the first pause between two tries to connect ({@code stream.back-off})
 * @param longestBackOff the longest one ({@code stream.back-off-most})
 * @param tries how often it is tried to connect before a first subscription fails ({@code
 *     net.tries})
 * @param deflate whether compression is offered ({@code stream.deflate})
 * @param messageLimit the longest message that is accepted, in bytes ({@code stream.message-limit})
 */
public record StreamSettings(
    Duration linger,
    Duration ack,
    Duration backOff,
    Duration longestBackOff,
    int tries,
    boolean deflate,
    int messageLimit) {

  /** What users set; reasonable values for the rest. */
  public static StreamSettings of(Settings settings) {
    return new StreamSettings(
        TransportSettings.time(settings, "stream.linger", "5s"),
        TransportSettings.time(settings, "stream.ack", "10s"),
        TransportSettings.time(settings, "stream.back-off", "500ms"),
        TransportSettings.time(settings, "stream.back-off-most", "30s"),
        TransportSettings.count(settings, "net.tries", 4),
        TransportSettings.yesOrNo(settings, "stream.deflate", true),
        TransportSettings.count(settings, "stream.message-limit", 16 * 1024 * 1024));
  }
}
