package io.tradeflood;

import io.tradeflood.connector.ConnectorContext;
import io.tradeflood.connector.ServiceContext;
import io.tradeflood.connector.ServiceProvider;
import io.tradeflood.connector.Waiting;
import io.tradeflood.live.PlayedTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** What the library's modules supply to connectors; made when first needed, closed with this. */
final class OpenServices implements ConnectorContext.Services, AutoCloseable {
  private final ClassLoader loader;
  private final ServiceContext context;

  /** Guards the services: each is made once. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<Class<?>, Object> open = new LinkedHashMap<>();
  private boolean closed;

  OpenServices(ClassLoader loader, ServiceContext context) {
    this.loader = loader;
    this.context = context;
  }

  @Override
  public <S> S get(Class<S> type) {
    lock.lock();
    try {
      if (closed) throw new IllegalStateException("TradeFlood is closed: make another");
      Object known = open.get(type);
      if (known == null) {
        known = make(type);
        open.put(type, known);
      }
      return type.cast(known);
    } finally {
      lock.unlock();
    }
  }

  /** What the open services make calls wait for. */
  List<Waiting.Wait> waits() {
    return all(Waiting.class).flatMap(service -> service.waits().stream()).toList();
  }

  /** The time of what is played, if anything is; of the services that are wanted at once. */
  Optional<PlayedTime> played() {
    return all(PlayedTime.class).findFirst();
  }

  private <S> Stream<S> all(Class<S> type) {
    lock.lock();
    try {
      return List.copyOf(open.values()).stream().filter(type::isInstance).map(type::cast);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes those that are wanted at once.
   *
   * @throws IllegalArgumentException if a setting is wrong
   */
  void begin() {
    for (ServiceProvider<?> provider : ServiceLoader.load(ServiceProvider.class, loader))
      if (provider.isWantedAtOnce(context.services(this))) get(provider.type());
  }

  private Object make(Class<?> type) {
    for (ServiceProvider<?> provider : ServiceLoader.load(ServiceProvider.class, loader))
      if (provider.type() == type) return provider.open(context.services(this));
    throw new IllegalStateException(
        "No module supplies %s: put the one that does, such as tradeflood-net, on the class path"
            .formatted(type.getSimpleName()));
  }

  @Override
  public void close() {
    List<Object> last;
    lock.lock();
    try {
      closed = true;
      last = new ArrayList<>(open.values()).reversed();
      open.clear();
    } finally {
      lock.unlock();
    }
    for (Object service : last)
      if (service instanceof AutoCloseable closeable)
        try {
          closeable.close();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        } catch (Exception e) { // the others are still to be closed
          log().log(System.Logger.Level.WARNING, "A service did not close: " + e.getMessage(), e);
        }
  }

  /**
   * Had when there is something to say: getting it starts the logging, which a listing can do
   * without.
   */
  private static System.Logger log() {
    return System.getLogger(OpenServices.class.getName());
  }
}
