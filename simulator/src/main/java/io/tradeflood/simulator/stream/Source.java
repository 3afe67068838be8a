package io.tradeflood.simulator.stream;

/** What a stream says, and when. Only who subscribed has one, so only that is made. */
public interface Source {
  /** Nothing will ever be said again. */
  long NEVER = Long.MAX_VALUE;

  /** The moment of the market at which something is to be said next. */
  long due();

  /** Says what is due at the given moment, if it is anything, and moves on. */
  void say(long time, Outlet outlet);
}
