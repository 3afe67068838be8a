package io.tradeflood.simulator;

import io.tradeflood.simulator.limit.LimitOptions;
import io.tradeflood.simulator.wire.WireLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How a simulator is to be.
 *
 * @param host the address to listen at
 * @param port the port to listen at; 0 takes any that is free
 * @param seed equal seeds give equal markets
 * @param clock the present of the market
 * @param limitClock by which the windows of the exchanges' limits pass
 * @param limits how those limits are kept
 * @param chaos what goes wrong
 * @param wire what the server puts up with
 */
public record SimulatorOptions(
    String host,
    int port,
    long seed,
    InstantSource clock,
    InstantSource limitClock,
    LimitOptions limits,
    Chaos chaos,
    WireLimits wire) {

  public SimulatorOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("A port lies from 0 to 65535, was " + port);
    }
  }

  /**
   * On loopback at any free port, with seed 1, the system's time, the exchanges' own limits and no
   * chaos.
   */
  public static SimulatorOptions defaults() {
    return new SimulatorOptions(
        "127.0.0.1",
        0,
        1,
        InstantSource.system(),
        InstantSource.system(),
        LimitOptions.REAL,
        Chaos.NONE,
        WireLimits.DEFAULT);
  }

  /** Listening elsewhere than on loopback lets others in. */
  public SimulatorOptions withHost(String address) {
    return new SimulatorOptions(address, port, seed, clock, limitClock, limits, chaos, wire);
  }

  public SimulatorOptions withPort(int number) {
    return new SimulatorOptions(host, number, seed, clock, limitClock, limits, chaos, wire);
  }

  public SimulatorOptions withSeed(long number) {
    return new SimulatorOptions(host, port, number, clock, limitClock, limits, chaos, wire);
  }

  public SimulatorOptions withClock(InstantSource present) {
    return new SimulatorOptions(host, port, seed, present, limitClock, limits, chaos, wire);
  }

  /** The market stands still at the given moment. */
  public SimulatorOptions frozenAt(Instant now) {
    return withClock(InstantSource.fixed(now));
  }

  /** The market begins at the given moment and goes on from there. */
  public SimulatorOptions startingAt(Instant now) {
    InstantSource system = InstantSource.system();
    Duration ahead = Duration.between(system.instant(), now);
    return withClock(() -> system.instant().plus(ahead));
  }

  public SimulatorOptions withLimitClock(InstantSource time) {
    return new SimulatorOptions(host, port, seed, clock, time, limits, chaos, wire);
  }

  public SimulatorOptions withLimits(LimitOptions kept) {
    return new SimulatorOptions(host, port, seed, clock, limitClock, kept, chaos, wire);
  }

  public SimulatorOptions withChaos(Chaos wanted) {
    return new SimulatorOptions(host, port, seed, clock, limitClock, limits, wanted, wire);
  }

  /** Every answer waits; on top of the chaos there is. */
  public SimulatorOptions withLatency(Duration time) {
    return withChaos(chaos.with(new Chaos.Fault.Latency(time, Duration.ZERO)));
  }

  public SimulatorOptions withWire(WireLimits accepted) {
    return new SimulatorOptions(host, port, seed, clock, limitClock, limits, chaos, accepted);
  }
}
