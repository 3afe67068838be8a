package io.tradeflood;

/** Something that is watched. */
abstract class Live {
  final Object key;
  int holders;
  boolean begun;

  Live(Object key) {
    this.key = key;
  }

  abstract void begin();

  abstract void end();
}
