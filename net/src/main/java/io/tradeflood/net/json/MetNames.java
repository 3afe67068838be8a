package io.tradeflood.net.json;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of fields in the order in which they were met. The objects of a page are alike, so the
 * name which followed last time is the guess for the next one; right, it spares looking for the
 * name's end and making its text.
 */
final class MetNames {

  /** Payloads with more names than this have no order to learn. */
  private static final int MOST = 128;

  private final Map<String, Met> known = new HashMap<>();
  private Met latest = new Met("");

  /** Whether the guessed name begins at a place, behind its quote; if so it is the latest. */
  boolean goesOnAt(byte[] bytes, int at, int end) {
    Met guess = latest.follower;
    if (guess != null && guess.name.standsAt(bytes, at, end)) {
      latest = guess;
      return true;
    }
    return false;
  }

  /** Makes another name the latest, and the guess behind the one before. */
  void met(String text) {
    Met met = known.get(text);
    if (met == null) {
      met = new Met(text);
      if (known.size() < MOST) {
        known.put(text, met);
      }
    }
    latest.follower = met;
    latest = met;
  }

  Name latest() {
    return latest.name;
  }

  private static final class Met {
    private final Name name;
    private @Nullable Met follower;

    Met(String text) {
      this.name = Name.of(text);
    }
  }
}
