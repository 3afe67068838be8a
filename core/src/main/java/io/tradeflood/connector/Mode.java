package io.tradeflood.connector;

/** How a connector talks to its exchange. */
public enum Mode {
  /** Questions and answers by HTTP: history and snapshots. */
  REST,
  /** A WebSocket or a chunked HTTP stream. */
  STREAM,
  /** Asking again and again, with a cursor or a held answer. */
  POLL,
  /** The exchange calls us. */
  CALLBACK,
  /** Published bulk files. */
  FILE
}
