package io.tradeflood.net.stream;

/** A channel's place on one connection. Belongs to its group's loop. */
final class Seat implements Channels.Entry {
  /** How far its subscription is. */
  enum State {
    /** The exchange has not been asked yet. */
    WANTED,
    /** It has been asked. */
    ASKED,
    /** It has taken the subscription. */
    TAKEN,
    /** It has been asked to take it back. */
    LEAVING
  }

  final SharedChannel channel;
  final Upstream upstream;
  State state = State.WANTED;

  /** Whether it is asked for in a message of its own, since another in it may be at fault. */
  boolean alone;

  /** Whether it is wanted again as soon as it is left. */
  boolean again;

  /** When data came last, or it was taken, by the loop's nanoseconds. */
  long lastData;

  private boolean snapshot;

  Seat(SharedChannel channel, Upstream upstream) {
    this.channel = channel;
    this.upstream = upstream;
  }

  @Override
  public String name() {
    return channel.name();
  }

  @Override
  public Channels.Entry asSnapshot() {
    snapshot = true;
    return this;
  }

  /** Whether it is being left for good. */
  boolean isLeaving() {
    return state == State.LEAVING && !again;
  }

  /** Whether the message being read is a snapshot; forgotten with the question. */
  boolean takeSnapshot() {
    boolean was = snapshot;
    snapshot = false;
    return was;
  }
}
