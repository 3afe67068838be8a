package io.tradeflood.net.stream;

import io.tradeflood.connector.ConnectorContext;
import io.tradeflood.connector.ServiceContext;
import io.tradeflood.net.RestTransport;
import io.tradeflood.net.RestTransportProvider;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import io.tradeflood.proxy.ProxyScheme;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A connector without an exchange, {@code acme.stream}: {@code {"ch":"a","data":...}}, {@code
 * {"done":1}}, {@code {"refused":1,"code":"30001"}}.
 */
public record FakeStream(
    ConnectorContext context,
    String url,
    StreamLimits streamLimits,
    Keepalive keepalive,
    Framing framing)
    implements StreamConnector {
  private static final Name CHANNEL = Name.of("ch");
  private static final Name DATA = Name.of("data");
  private static final Name DONE = Name.of("done");
  private static final Name REFUSED = Name.of("refused");
  private static final Name CODE = Name.of("code");
  private static final Name LEAVING = Name.of("leaving");
  private static final Name SNAPSHOT = Name.of("snapshot");

  public static StreamTransport transport(Map<String, String> settings) {
    return transport(ProxyScheme.direct(), settings);
  }

  public static StreamTransport transport(ProxyScheme scheme, Map<String, String> settings) {
    var context =
        new ServiceContext(
            scheme, InstantSource.system(), name -> Optional.ofNullable(settings.get(name)));
    return transport(scheme, settings, new RestTransportProvider().open(context));
  }

  /**
   * @param requests the transport of requests beside it
   */
  public static StreamTransport transport(
      ProxyScheme scheme, Map<String, String> settings, RestTransport requests) {
    return new StreamTransportProvider()
        .open(
            new ServiceContext(
                    scheme, InstantSource.system(), name -> Optional.ofNullable(settings.get(name)))
                .services(
                    new ConnectorContext.Services() {
                      @Override
                      public <S> S get(Class<S> type) {
                        return type.cast(requests);
                      }
                    }));
  }

  public static FakeStream at(String url, StreamTransport transport) {
    return new FakeStream(
        new ConnectorContext(
            "acme",
            "stream",
            "",
            Optional.empty(),
            _ -> Optional.empty(),
            new ConnectorContext.Services() {
              @Override
              public <S> S get(Class<S> type) {
                return type.cast(transport);
              }
            }),
        url + "/ws",
        StreamLimits.standard().messages(1000, Duration.ofSeconds(1)),
        Keepalive.NONE,
        Framing.WEBSOCKET);
  }

  public FakeStream limits(StreamLimits limits) {
    return new FakeStream(context, url, limits, keepalive, framing);
  }

  FakeStream keeping(Keepalive other) {
    return new FakeStream(context, url, streamLimits, other, framing);
  }

  FakeStream framing(Framing other) {
    return new FakeStream(context, url, streamLimits, keepalive, other);
  }

  public FakeStream host(String other) {
    return new FakeStream(
        new ConnectorContext(
            context.exchange(),
            context.name(),
            "",
            Optional.of(URI.create(other)),
            context.settings(),
            context.services()),
        url,
        streamLimits,
        keepalive,
        framing);
  }

  @Override
  public String path(List<String> channels) {
    return framing == Framing.LINES ? "/lines?channels=" + String.join(",", channels) : "";
  }

  @Override
  public String group(String channel) {
    return channel.startsWith("other.") ? "other" : "";
  }

  @Override
  public String subscribe(List<String> channels, long id) {
    return message("sub", channels, id);
  }

  @Override
  public String unsubscribe(List<String> channels, long id) {
    return message("unsub", channels, id);
  }

  private static String message(String op, List<String> channels, long id) {
    return "{\"op\":\"%s\",\"id\":%d,\"args\":[\"%s\"]}"
        .formatted(op, id, String.join("\",\"", channels));
  }

  @Override
  public Incoming read(JsonScanner message, Channels channels) {
    if (message.find(CHANNEL)) {
      var channel = channels.find(message);
      boolean snapshot = message.find(SNAPSHOT) && message.readBoolean();
      if (channel == null) return Incoming.IGNORED;
      message.field(DATA);
      return snapshot ? channel.asSnapshot() : channel;
    }
    if (message.find(DONE)) return new Incoming.Done(message.readLong());
    if (message.find(REFUSED)) {
      long id = message.readLong();
      String code = message.field(CODE).readString();
      return new Incoming.Refused(id, new Failure.Refused("acme said " + code, code, 0));
    }
    return new Incoming.Leaving(message.field(LEAVING).readString());
  }

  /** Subscribes, as a plan's run would. */
  public static <T> T run(Turn<T> turn) {
    var value = start(turn);
    try {
      return value.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException failure) throw failure;
      throw new AssertionError(failed.getCause());
    } catch (InterruptedException | TimeoutException hung) {
      throw new AssertionError("hung", hung);
    }
  }

  @SuppressWarnings("unchecked") // a subscription plans an effect
  public static <T> CompletableFuture<T> start(Turn<T> turn) {
    var act = (SubscribeAct<T>) ((Turn.Effect<T, T>) turn).act();
    var value = new CompletableFuture<T>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                value.complete(act.read(act.perform("trades")));
              } catch (Throwable failure) {
                value.completeExceptionally(failure);
              }
            });
    return value;
  }
}
