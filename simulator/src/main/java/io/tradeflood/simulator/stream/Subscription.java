package io.tradeflood.simulator.stream;

import org.jspecify.annotations.Nullable;

/** A stream on a connection. */
public final class Subscription {
  private final String name;
  private final String path;
  private final Source source;
  private byte @Nullable [] held;

  Subscription(String name, String path, Source source) {
    this.name = name;
    this.path = path;
    this.source = source;
  }

  /** As the exchange calls it. */
  public String name() {
    return name;
  }

  /** As rules of chaos call it. */
  String path() {
    return path;
  }

  Source source() {
    return source;
  }

  /** Keeps a message back until another one was sent. */
  void hold(byte[] message) {
    held = message;
  }

  /** The message that was kept back, once. */
  byte @Nullable [] release() {
    byte[] message = held;
    held = null;
    return message;
  }
}
