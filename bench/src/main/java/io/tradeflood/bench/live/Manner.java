package io.tradeflood.bench.live;

import java.util.Locale;

/** In which manner messages go over the wire. */
enum Manner {
  PLAIN,
  PACKED,
  TLS;

  static Manner of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
