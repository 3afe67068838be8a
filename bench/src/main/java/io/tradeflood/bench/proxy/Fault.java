package io.tradeflood.bench.proxy;

/** What an upstream proxy does. */
enum Fault {
  NONE("healthy"),
  /** Nobody listens. */
  REFUSES("refuses connections"),
  /** Takes connections and resets them. */
  RESETS("resets connections"),
  /** Takes requests and never answers. */
  SILENT("takes requests, stays silent"),
  /** Answers every CONNECT with 403. */
  DENIES("denies every CONNECT"),
  /** Answers every CONNECT with 503. */
  FAILS("fails every CONNECT");

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
