package io.tradeflood;

/** Something that is watched. */
abstract class Live {
  final Object key;
  int holders;

  Live(Object key) {
    this.key = key;
  }

  abstract void begin();

  abstract void end();
}
