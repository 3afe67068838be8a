package io.tradeflood.net.stream;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.turn.Turns;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

/** {@link StreamConnector#read} of a connector, past the object: a message makes nothing. */
final class Reading {
  private final MethodHandle body;

  Reading(StreamConnector connector) {
    try {
      body =
          Turns.body(
                  connector,
                  StreamConnector.class.getMethod("read", JsonScanner.class, Channels.class))
              .asType(MethodType.methodType(Incoming.class, JsonScanner.class, Channels.class));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("Every connector of streams reads", e);
    }
  }

  Incoming read(JsonScanner message, Channels channels) {
    try {
      return (Incoming) body.invokeExact(message, channels);
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable checked) {
      throw new IllegalStateException("A connector's read throws nothing checked", checked);
    }
  }
}
