package io.tradeflood.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The project's own payloads, whole envelopes, below {@code golden} in the test resources. */
public final class Golden {
  private Golden() {}

  /** The text of a payload, such as {@code binance/rest/klines.spot.json}. */
  public static String text(String name) {
    try (var in = Golden.class.getResourceAsStream("/golden/" + name)) {
      if (in == null) throw new AssertionError("There is no golden payload " + name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
