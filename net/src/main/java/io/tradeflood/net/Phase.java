package io.tradeflood.net;

import java.util.Locale;

/** How far a request came; written in small letters. */
public enum Phase {
  /** The name was to be turned into an address. */
  RESOLVE,
  /** The connection was to be opened. */
  CONNECT,
  /** A proxy was asked to open it, and could not or would not. */
  PROXY,
  /** The connection was to be made secret. */
  TLS,
  /** The request was to be written. */
  SEND,
  /** The first byte of the answer was awaited. */
  WAIT,
  /** The rest of the answer was awaited. */
  RECEIVE,
  /** The answer was whole; its status tells of a fault on the other side. */
  STATUS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
