package io.tradeflood.proxyter.pool;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a proxy carries, as measured here. Written by event loops, read by the selection and by
 * whoever looks; every number is safe by itself, together they are a glance.
 */
public final class Load {
  private final AtomicInteger setups = new AtomicInteger();
  private final AtomicInteger tunnels = new AtomicInteger();
  private final PeakAverage setupTime = new PeakAverage(10_000);
  private final SuccessRate successRate = new SuccessRate();
  private final LongAdder opened = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder bytesUp = new LongAdder();
  private final LongAdder bytesDown = new LongAdder();

  /**
   * The averages, as they are kept over a restart: each a value and the time it is of, in one
   * number.
   */
  public record Memory(long setupTime, long successRate) {}

  /** What is kept over a restart; empty before the first set-up. */
  public Optional<Memory> memory() {
    var memory = new Memory(setupTime.packed(), successRate.packed());
    return memory.setupTime() == 0 ? Optional.empty() : Optional.of(memory);
  }

  /** Goes on with what was kept. */
  public void restore(Memory memory) {
    setupTime.restore(memory.setupTime());
    successRate.restore(memory.successRate());
  }

  /** A tunnel begins to be set up; called before dialling, so that a burst is seen at once. */
  public void setupBegan() {
    setups.incrementAndGet();
  }

  /** The set-up gave a tunnel. */
  public void setupEnded(long nanos, long now) {
    setups.decrementAndGet();
    tunnels.incrementAndGet();
    opened.increment();
    setupTime.add(nanos, now);
    successRate.add(true, now);
  }

  /**
   * The set-up came to nothing; the time counts, too, so that a hanging proxy is seen to be slow.
   */
  public void setupFailed(long nanos, long now) {
    setups.decrementAndGet();
    failed.increment();
    setupTime.add(nanos, now);
    successRate.add(false, now);
  }

  /** The set-up was given up by nobody's fault. */
  public void setupLeft() {
    setups.decrementAndGet();
  }

  public void tunnelClosed() {
    tunnels.decrementAndGet();
  }

  public void bytes(long up, long down) {
    bytesUp.add(up);
    bytesDown.add(down);
  }

  public int setups() {
    return setups.get();
  }

  public int tunnels() {
    return tunnels.get();
  }

  /** The peak average of the time from dialling to an open tunnel, in microseconds. */
  public double setupMicros(long now) {
    return setupTime.micros(now);
  }

  /** The part of recent set-ups that gave a tunnel, 0 to 1; comes back to 1 with time. */
  public double successRate(long now) {
    return successRate.at(now);
  }

  public long opened() {
    return opened.sum();
  }

  public long failed() {
    return failed.sum();
  }

  public long bytesUp() {
    return bytesUp.sum();
  }

  public long bytesDown() {
    return bytesDown.sum();
  }
}
