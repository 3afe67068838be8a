package io.tradeflood.live;

/** What happens when a reader is slower than its feed. */
public enum Overflow {
  /**
   * Nothing is lost: the connection that brings the rows is not read on before the reader has made
   * room. All feeds of that connection wait with it, so it is for recordings and for readers that
   * are slow for a moment only.
   */
  BLOCK,
  /** The oldest unread rows are dropped and counted. States are kept. */
  DROP_OLDEST,
  /** Only the newest unread row is kept: for what replaces what came before, books and tickers. */
  CONFLATE
}
