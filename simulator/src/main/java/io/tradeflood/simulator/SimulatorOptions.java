package io.tradeflood.simulator;

import io.tradeflood.simulator.limit.LimitOptions;
import io.tradeflood.simulator.stream.StreamOptions;
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
 * @param speed how much faster than real time the market's present passes
 * @param streams how streams are to be
 * @param coins how many coins are traded beside the common ones: {@code COIN1USDT} and so on
 */
public record SimulatorOptions(
    String host,
    int port,
    long seed,
    InstantSource clock,
    InstantSource limitClock,
    LimitOptions limits,
    Chaos chaos,
    WireLimits wire,
    double speed,
    StreamOptions streams,
    int coins) {

  private static final double FASTEST = 100_000;
  private static final int MOST_COINS = 10_000;

  public SimulatorOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("A port lies from 0 to 65535, was " + port);
    }
    if (coins < 0 || coins > MOST_COINS) {
      throw new IllegalArgumentException(
          "There are from 0 to %d coins, was %d".formatted(MOST_COINS, coins));
    }
    if (!(speed > 0 && speed <= FASTEST)) {
      throw new IllegalArgumentException(
          "A speed lies above 0 and up to %.0f, was %s".formatted(FASTEST, speed));
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
        WireLimits.DEFAULT,
        1,
        StreamOptions.REAL,
        0);
  }

  /** Listening elsewhere than on loopback lets others in. */
  public SimulatorOptions withHost(String address) {
    return new SimulatorOptions(
        address, port, seed, clock, limitClock, limits, chaos, wire, speed, streams, coins);
  }

  public SimulatorOptions withPort(int number) {
    return new SimulatorOptions(
        host, number, seed, clock, limitClock, limits, chaos, wire, speed, streams, coins);
  }

  public SimulatorOptions withSeed(long number) {
    return new SimulatorOptions(
        host, port, number, clock, limitClock, limits, chaos, wire, speed, streams, coins);
  }

  public SimulatorOptions withClock(InstantSource present) {
    return new SimulatorOptions(
        host, port, seed, present, limitClock, limits, chaos, wire, speed, streams, coins);
  }

  /** The market stands still at the given moment. */
  public SimulatorOptions frozenAt(Instant now) {
    return withClock(InstantSource.fixed(now));
  }

  /** The market begins at the given moment and goes on from there, as fast as it goes. */
  public SimulatorOptions startingAt(Instant now) {
    return withClock(passing(now, speed));
  }

  /**
   * The market's present passes so many times faster than real time, from what it is now; the
   * windows of limits, pings and the ends of connections keep to real time.
   */
  public SimulatorOptions withSpeed(double factor) {
    return new SimulatorOptions(
        host,
        port,
        seed,
        passing(clock.instant(), factor),
        limitClock,
        limits,
        chaos,
        wire,
        factor,
        streams,
        coins);
  }

  private static InstantSource passing(Instant start, double factor) {
    long began = System.nanoTime();
    return () -> start.plusNanos((long) ((System.nanoTime() - began) * factor));
  }

  public SimulatorOptions withLimitClock(InstantSource time) {
    return new SimulatorOptions(
        host, port, seed, clock, time, limits, chaos, wire, speed, streams, coins);
  }

  public SimulatorOptions withLimits(LimitOptions kept) {
    return new SimulatorOptions(
        host, port, seed, clock, limitClock, kept, chaos, wire, speed, streams, coins);
  }

  public SimulatorOptions withChaos(Chaos wanted) {
    return new SimulatorOptions(
        host, port, seed, clock, limitClock, limits, wanted, wire, speed, streams, coins);
  }

  /** Every answer waits; on top of the chaos there is. */
  public SimulatorOptions withLatency(Duration time) {
    return withChaos(chaos.with(new Chaos.Fault.Latency(time, Duration.ZERO)));
  }

  public SimulatorOptions withWire(WireLimits accepted) {
    return new SimulatorOptions(
        host, port, seed, clock, limitClock, limits, chaos, accepted, speed, streams, coins);
  }

  public SimulatorOptions withStreams(StreamOptions wanted) {
    return new SimulatorOptions(
        host, port, seed, clock, limitClock, limits, chaos, wire, speed, wanted, coins);
  }

  /** Trades so many coins more, on the spot markets and as contracts in USDT. */
  public SimulatorOptions withCoins(int number) {
    return new SimulatorOptions(
        host, port, seed, clock, limitClock, limits, chaos, wire, speed, streams, number);
  }
}
