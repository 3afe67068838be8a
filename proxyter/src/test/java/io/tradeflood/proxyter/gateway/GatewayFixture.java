package io.tradeflood.proxyter.gateway;

import static org.awaitility.Awaitility.await;

import io.tradeflood.proxyter.config.SettingsReader;
import io.tradeflood.proxyter.health.Attempt;
import io.tradeflood.proxyter.health.HealthView;
import io.tradeflood.proxyter.hop.Names;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/** A gateway with its surroundings; everything is closed with it. */
final class GatewayFixture implements AutoCloseable {
  static final String LISTEN = "listen: {address: '127.0.0.1:0'}\n";

  private final List<AutoCloseable> things = new ArrayList<>();
  final Health health = new Health();
  private Gateway gateway;

  /** A watcher that remembers all and shuts out whom it is told to. */
  static final class Health implements HealthView {
    final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    final Set<String> shut = ConcurrentHashMap.newKeySet();
    final Set<String> banned = ConcurrentHashMap.newKeySet();
    volatile Optional<String> originDown = Optional.empty();

    @Override
    public boolean isEligible(String proxy, String origin, long now) {
      return !shut.contains(proxy) && !banned.contains(proxy);
    }

    @Override
    public OptionalInt shutOut(String proxy, String origin, long now) {
      return banned.contains(proxy) ? OptionalInt.of(418) : OptionalInt.empty();
    }

    @Override
    public Optional<String> whyNot(String proxy, String origin, long now) {
      if (banned.contains(proxy)) return Optional.of("banned");
      return shut.contains(proxy) ? Optional.of("down") : Optional.empty();
    }

    @Override
    public double share(String proxy, long now) {
      return 1;
    }

    @Override
    public Optional<String> originDown(String origin, long now) {
      return originDown;
    }

    @Override
    public long eligibleAt(Iterable<String> proxies, String origin, long now) {
      return now + 7_000;
    }

    @Override
    public void attempted(Attempt attempt) {
      attempts.add(attempt);
    }

    List<String> signalsOf(String proxy) {
      return attempts.stream()
          .filter(a -> a.proxy().equals(proxy))
          .map(a -> a.signal().code())
          .toList();
    }

    boolean saw(String proxy, String code) {
      return signalsOf(proxy).contains(code);
    }
  }

  <T extends AutoCloseable> T with(T thing) {
    things.add(thing);
    return thing;
  }

  Gateway start(String document) {
    return start(document, InstantSource.system());
  }

  Gateway start(String document, InstantSource clock) {
    return start(document, clock, Transport.best(), InetAddress::getAllByName);
  }

  Gateway start(String document, InstantSource clock, Transport transport, Names.Lookup lookup) {
    String whole = document.contains("listen:") ? document : LISTEN + document;
    gateway = Gateway.start(SettingsReader.read(whole), health, clock, 7, transport, lookup, 2);
    return gateway;
  }

  Gateway gateway() {
    return gateway;
  }

  FakeClient client() throws java.io.IOException {
    return with(new FakeClient(gateway.port()));
  }

  static void until(BooleanSupplier holds) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(holds::getAsBoolean);
  }

  /** Whether nobody listens there. */
  static boolean refuses(int port) {
    try (var client = new java.net.Socket("127.0.0.1", port)) {
      return !client.isConnected();
    } catch (java.io.IOException _) {
      return true;
    }
  }

  @Override
  public void close() {
    for (AutoCloseable thing : things.reversed())
      try {
        thing.close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    if (gateway != null) gateway.close();
  }
}
