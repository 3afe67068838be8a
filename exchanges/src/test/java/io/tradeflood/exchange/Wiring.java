package io.tradeflood.exchange;

import io.tradeflood.binding.Binding;
import io.tradeflood.connector.Connector;
import io.tradeflood.connector.ConnectorContext;
import io.tradeflood.connector.Exchange;
import io.tradeflood.connector.ServiceContext;
import io.tradeflood.connector.ServiceProvider;
import io.tradeflood.net.stream.StreamTransport;
import io.tradeflood.proxy.ProxyScheme;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnRunner;
import io.tradeflood.turn.TurnScheme;
import io.tradeflood.turn.Turns;
import java.net.URI;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connectors and bindings implemented as the library does it, over the real transports, all of them
 * pointed at one server. Streams are the real ones only if that is asked for.
 */
public final class Wiring implements AutoCloseable {
  private final URI host;
  private final ConnectorContext.Settings settings;
  private final FakeStreams streams = new FakeStreams();

  /** By their types; made when first needed. */
  private final Map<Class<?>, Object> transports = new ConcurrentHashMap<>();

  private final TurnRunner runner = new TurnRunner();

  public Wiring(URI host) {
    this(host, Map.of());
  }

  public Wiring(URI host, Map<String, String> settings) {
    this(host, settings, false);
  }

  private Wiring(URI host, Map<String, String> settings, boolean streaming) {
    this.host = host;
    this.settings = name -> Optional.ofNullable(settings.get(name));
    if (!streaming) transports.put(StreamTransport.class, streams);
  }

  /** One whose streams are the real ones, too. */
  public static Wiring streaming(URI host) {
    return new Wiring(host, Map.of(), true);
  }

  /** The connector, named as the library would name it. */
  public <C extends Connector> C connector(Class<C> type) {
    String exchange = type.getAnnotation(Exchange.class).value();
    String name =
        type.getSimpleName()
            .substring(exchange.replace("-", "").length())
            .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
            .toLowerCase(Locale.ROOT);
    var context =
        new ConnectorContext(exchange, name, "", Optional.of(host), settings, new Services());
    return Turns.implement(type, context.hostName(), (_, _) -> context);
  }

  private final class Services implements ConnectorContext.Services {
    @Override
    public <S> S get(Class<S> type) {
      return type.cast(transports.computeIfAbsent(type, this::open));
    }

    private Object open(Class<?> type) {
      for (ServiceProvider<?> provider : ServiceLoader.load(ServiceProvider.class))
        if (provider.type() == type)
          return provider.open(
              new ServiceContext(ProxyScheme.direct(), InstantSource.system(), settings));
      throw new AssertionError("Nobody supplies " + type);
    }
  }

  /** What the library's modules supply to connectors. */
  public <S> S service(Class<S> type) {
    return new Services().get(type);
  }

  /** The binding. */
  public <B extends Binding<?, ?, ?>> B binding(Class<B> type) {
    return Turns.implement(
        type,
        type.getSimpleName(),
        (_, arguments) -> connector(((Class<?>) arguments.getFirst()).asSubclass(Connector.class)));
  }

  /** The streams that connectors subscribe to. */
  public FakeStreams streams() {
    return streams;
  }

  /** What the turn gives. */
  public <T> T run(Turn<T> turn) throws InterruptedException {
    var scheme = new TurnScheme();
    var ask = scheme.ask("test", turn);
    try (var run = runner.start(scheme)) {
      return run.result(ask).await();
    }
  }

  /** What the turn gives, which goes on until this is closed: a subscription. */
  public <T> T begin(Turn<T> turn) throws InterruptedException {
    var scheme = new TurnScheme();
    var ask = scheme.ask("test", turn);
    return runner.start(scheme).result(ask).await();
  }

  @Override
  public void close() throws Exception {
    runner.close();
    for (Object transport : transports.values())
      if (transport instanceof AutoCloseable open) open.close();
  }
}
