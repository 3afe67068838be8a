package io.tradeflood.net.stream;

import java.time.Duration;
import java.util.Optional;

/**
 * What an exchange allows of streams.
 *
 * @param channels how many channels go together
 * @param messages how many messages may be sent on one connection, pings included
 * @param subscriptions how many of them may subscribe or take a subscription back; empty if they
 *     are counted with the others only
 * @param connections how many connections there may be, by one address
 * @param quiet after how long without any data, of all its channels, a connection counts as stale;
 *     longer for one that is pinged and has only channels for which longer silence is no fault, see
 *     {@link StreamChannel#quiet}
 */
public record StreamLimits(
    Channels channels,
    Rate messages,
    Optional<Rate> subscriptions,
    Connections connections,
    Duration quiet) {

  /**
   * So many in each window, wherever it begins.
   *
   * @param most at least 1
   * @param window positive
   */
  public record Rate(int most, Duration window) {
    public Rate {
      if (most < 1 || window.isNegative() || window.isZero())
        throw new IllegalArgumentException(
            "A rate needs at least 1 in a window, was %d in %s".formatted(most, window));
    }
  }

  /**
   * How many channels go together.
   *
   * @param perConnection how many one connection carries
   * @param perMessage how many one message subscribes to
   * @param bytes how long such a message is at most
   */
  public record Channels(int perConnection, int perMessage, int bytes) {}

  /**
   * How many connections there may be.
   *
   * @param opened how often one may be opened
   * @param atOnce how many may be held
   * @param lifetime how long one lives before the exchange closes it
   */
  public record Connections(Rate opened, int atOnce, Duration lifetime) {}

  /** Careful numbers, for exchanges that tell none. */
  public static StreamLimits standard() {
    return new StreamLimits(
        new Channels(100, 50, 4096),
        new Rate(5, Duration.ofSeconds(1)),
        Optional.empty(),
        new Connections(new Rate(60, Duration.ofMinutes(1)), 100, Duration.ofHours(24)),
        Duration.ofSeconds(60));
  }

  /** These with other numbers of channels, for a connection and for a message. */
  public StreamLimits channels(int perConnection, int perMessage, int bytes) {
    var other = new Channels(perConnection, perMessage, bytes);
    return new StreamLimits(other, messages, subscriptions, connections, quiet);
  }

  /** These with another number of messages in a window. */
  public StreamLimits messages(int number, Duration window) {
    var other = new Rate(number, window);
    return new StreamLimits(channels, other, subscriptions, connections, quiet);
  }

  /**
   * These with a number of messages in a window that subscribe, or take a subscription back, on one
   * connection. Once it is used up, other channels are put on other connections, and if there may
   * be none, they wait.
   */
  public StreamLimits subscriptions(int number, Duration window) {
    var other = Optional.of(new Rate(number, window));
    return new StreamLimits(channels, messages, other, connections, quiet);
  }

  /** These with another number of connects in a window, and of connections at once. */
  public StreamLimits connects(int number, Duration window, int atOnce) {
    var other = new Connections(new Rate(number, window), atOnce, connections.lifetime);
    return new StreamLimits(channels, messages, subscriptions, other, quiet);
  }

  /** These with another lifetime of connections. */
  public StreamLimits lifetime(Duration longest) {
    var other = new Connections(connections.opened, connections.atOnce, longest);
    return new StreamLimits(channels, messages, subscriptions, other, quiet);
  }

  /** These with another time of silence. */
  public StreamLimits quiet(Duration longest) {
    return new StreamLimits(channels, messages, subscriptions, connections, longest);
  }

  /**
   * How many channels one connection carries; never more than can be subscribed to at once, so that
   * another connection can take its place.
   */
  int room() {
    long soon =
        subscriptions.map(rate -> (long) rate.most * channels.perMessage).orElse(Long.MAX_VALUE);
    return (int) Math.min(channels.perConnection, soon);
  }
}
