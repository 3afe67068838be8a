package io.tradeflood.exchange;

import io.tradeflood.binding.Binding;
import io.tradeflood.connector.Connector;
import io.tradeflood.connector.ConnectorContext;
import io.tradeflood.connector.Exchange;
import io.tradeflood.connector.ServiceContext;
import io.tradeflood.net.RestTransport;
import io.tradeflood.net.RestTransportProvider;
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

/**
 * Connectors and bindings implemented as the library does it, over the real transport, all of them
 * pointed at one server.
 */
public final class Wiring implements AutoCloseable {
  private final URI host;
  private final ConnectorContext.Settings settings;
  private final RestTransport transport;
  private final FakeStreams streams = new FakeStreams();
  private final TurnRunner runner = new TurnRunner();

  public Wiring(URI host) {
    this(host, Map.of());
  }

  public Wiring(URI host, Map<String, String> settings) {
    this.host = host;
    this.settings = name -> Optional.ofNullable(settings.get(name));
    this.transport =
        new RestTransportProvider()
            .open(new ServiceContext(ProxyScheme.direct(), InstantSource.system(), this.settings));
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
      return type.cast(type == StreamTransport.class ? streams : transport);
    }
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

  @Override
  public void close() throws Exception {
    runner.close();
    if (transport instanceof AutoCloseable open) open.close();
  }
}
