package io.tradeflood;

import io.tradeflood.index.Index;
import io.tradeflood.proxy.ProxyScheme;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * The entry point: knows the connectors and bindings that were found, plans requests and runs them.
 * Safe for use by many threads; close it when done.
 */
public interface TradeFlood extends AutoCloseable {
  /** Everything that is on the class path. */
  static TradeFlood create() {
    return builder().build();
  }

  /** Only these connectors and bindings; nothing is scanned. */
  static TradeFlood of(Class<?>... types) {
    return new FloodBuilder(false).add(types).build();
  }

  /** Everything that is on the class path, and what the builder is told. */
  static Builder builder() {
    return new FloodBuilder(true);
  }

  /** What is supported. */
  Index index();

  /** Makes requests from what users write. */
  Requests requests();

  /**
   * Writes down what is to be done. No input, no output; a request that cannot be answered is told
   * in the plan and fails in the run, the others are not touched by it.
   */
  Plan plan(List<? extends Request<?>> requests);

  /** Plans one request and waits for its answer. Never fails: see {@link Answer#failure}. */
  <M> Answer<M> pull(Request<M> request);

  /** Plans the requests as one, so that they share calls, and waits for all answers. */
  List<Answer<?>> pull(List<? extends Request<?>> requests);

  /**
   * Writes down what is to be done to watch. No input, no output; a request that cannot be had is
   * told in the plan, and its feed ends at once.
   */
  WatchPlan planWatch(List<? extends Request<?>> requests);

  /** Watches the requests, see {@link WatchPlan#start}. Must be closed. */
  default Watch watch(List<? extends Request<?>> requests) {
    return planWatch(requests).start();
  }

  /**
   * What a module supplies to connectors, such as the {@code CallbackTransport} that knows the port
   * at which callbacks are listened for.
   *
   * @throws IllegalStateException if no module supplies it; the message names the missing one
   */
  <S> S service(Class<S> type);

  /** Cancels what still runs and lets go of connections. */
  @Override
  void close();

  /** What the application chooses before the start. */
  interface Builder {
    /** Also what is in the jars of a folder; a folder that does not exist counts as empty. */
    Builder plugins(Path folder);

    /** This connector or binding, whatever else would win. */
    Builder use(Class<?>... types);

    /** Never these connectors or bindings, by type. */
    Builder without(Class<?>... types);

    /** Never this connector or binding, by the type's full or simple name. */
    Builder without(String type);

    /** This connector or binding, whatever else would win, by the type's full or simple name. */
    Builder use(String type);

    /** Another address for a connector, by its host name such as {@code binance.spot-rest}. */
    Builder host(String hostName, URI address);

    /**
     * A setting of a connector, such as a key; of all connectors of an exchange if given the
     * exchange's id; of the services if given {@code ""}.
     */
    Builder setting(String hostName, String name, String value);

    /** Which way requests take; straight to the exchanges by default. */
    Builder proxyScheme(ProxyScheme scheme);

    /** This machine's clock. */
    Builder clock(InstantSource clock);

    /** How long one run may take; by default as long as it needs. */
    Builder deadline(Duration longest);

    /** Where to look, instead of the class loader of this thread. */
    Builder classLoader(ClassLoader loader);

    /**
     * Finds and checks everything.
     *
     * @throws io.tradeflood.index.IndexProblems if anything is wrong with what was found; all
     *     problems at once
     * @throws IllegalArgumentException if a host name or a type is unknown; names the known ones
     */
    TradeFlood build();
  }
}
