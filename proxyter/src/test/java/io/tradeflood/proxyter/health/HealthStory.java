package io.tradeflood.proxyter.health;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.SettingsReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Tells a health book what was seen, a millisecond after another, and keeps what came of it. */
abstract class HealthStory {
  /** Two proxies of each of two providers, and this machine's own address beside them. */
  static final Settings TWO_OF_EACH =
      SettingsReader.read(
          """
          proxies:
            - {id: a1, url: "http://127.0.0.1:1", provider: a}
            - {id: a2, url: "http://127.0.0.1:2", provider: a}
            - {id: b1, url: "http://127.0.0.1:3", provider: b}
            - {id: b2, url: "http://127.0.0.1:4", provider: b}
            - {id: d, url: direct}
          groups: {main: {proxies: [a1, a2, b1, b2]}, spill: {proxies: [d]}}
          """);

  long now = 1_000_000;
  final HealthBook book;
  final List<Change> changes = new ArrayList<>();

  HealthStory(Settings settings) {
    book = new HealthBook(settings, new Random(3), now);
  }

  /** What stands behind an origin's name. */
  String target(String origin) {
    return origin + ":443";
  }

  final Attempt attempt(String proxy, String origin, Signal signal) {
    return attempt(proxy, origin, "main", signal);
  }

  final Attempt attempt(String proxy, String origin, String group, Signal signal) {
    return new Attempt(
        Instant.ofEpochMilli(++now),
        proxy,
        origin,
        target(origin),
        group,
        "x",
        signal,
        "connect",
        0,
        Optional.empty(),
        0);
  }

  final Attempt seen(String proxy, String origin, Signal signal) {
    Attempt attempt = attempt(proxy, origin, signal);
    changes.addAll(book.attempted(attempt));
    return attempt;
  }
}
