package io.tradeflood.proxyter.health;

import io.tradeflood.proxyter.config.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Tells a health book what was seen, a millisecond after another, and keeps what came of it. */
abstract class HealthStory {
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
