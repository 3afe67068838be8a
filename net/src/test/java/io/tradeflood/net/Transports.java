package io.tradeflood.net;

import io.tradeflood.connector.ServiceContext;
import io.tradeflood.proxy.ProxyScheme;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.proxy.Route;
import io.tradeflood.turn.Move;
import io.tradeflood.turn.Turn;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Transports for tests, and what runs a planned request on a virtual thread. */
final class Transports {
  static final RequestType TYPE = new RequestType("acme", "test");

  private Transports() {}

  static HttpTransport direct(Map<String, String> settings) {
    return by(ProxyScheme.direct(), settings);
  }

  static HttpTransport via(Route.Via proxy, Map<String, String> settings) {
    return by(ProxyScheme.via(proxy), settings);
  }

  static HttpTransport by(ProxyScheme scheme, Map<String, String> settings) {
    return (HttpTransport)
        new RestTransportProvider()
            .open(
                new ServiceContext(
                    scheme,
                    InstantSource.system(),
                    name -> Optional.ofNullable(settings.get(name))));
  }

  /** Runs what was planned, as a plan's run would. */
  static <T> T run(Turn<T> turn) {
    return run(turn, TYPE);
  }

  static <T> T run(Turn<T> turn, RequestType type) {
    return run(turn, type, _ -> {});
  }

  /** Runs it and hears by which other ways it goes on. */
  static <T> T run(Turn<T> turn, RequestType type, Consumer<Move> moved) {
    var value = new CompletableFuture<T>();
    start(turn, type, value, moved);
    try {
      return value.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException failure) throw failure;
      throw new AssertionError(failed.getCause());
    } catch (InterruptedException | TimeoutException hung) {
      throw new AssertionError("hung", hung);
    }
  }

  /** From which address of its session to which, such as {@code 1 to 2}. */
  static String ranks(Move move) {
    return FakeProxyter.rank(move.from()) + " to " + FakeProxyter.rank(move.to());
  }

  static <T> Thread start(Turn<T> turn, RequestType type, CompletableFuture<T> value) {
    return start(turn, type, value, _ -> {});
  }

  static <T> Thread start(
      Turn<T> turn, RequestType type, CompletableFuture<T> value, Consumer<Move> moved) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                var act = FakeRest.act(turn);
                value.complete(act.read(act.perform(type, moved)));
              } catch (Throwable failure) {
                value.completeExceptionally(failure);
              }
            });
  }
}
