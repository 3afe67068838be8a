package io.tradeflood.bench.history;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Time that passed and time of the processors that this process used, since it was made. */
final class Stopwatch {
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final long began = System.nanoTime();
  private final long cpuBegan = system.getProcessCpuTime();

  /** Says what it shows, as {@link Pulled#read} understands it. */
  String said() {
    return "nanos %d %d"
        .formatted(System.nanoTime() - began, system.getProcessCpuTime() - cpuBegan);
  }
}
