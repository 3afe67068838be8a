package io.tradeflood.bench.live;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * One side in a JVM of its own. Prints the book with {@code said}, and {@code least} and {@code
 * median} (ns of the processors a message, those of the JVM's own threads included), {@code
 * elapsed} (ns a message, the least) and {@code bytes} (allocated a message).
 */
final class LiveChild {
  private static final int SAMPLES = 15;

  private LiveChild() {}

  /** Arguments: the side, the folder with the tape, the milliseconds. */
  public static void main(String[] arguments) throws Exception {
    var tape = Tape.read(Path.of(arguments[1]));
    long nanos = Long.parseLong(arguments[2]) * 1_000_000;
    var side =
        arguments[0].equals("xchange")
            ? new XchangeSide(tape)
            : new OurSide(tape, OurSide.Goal.valueOf(arguments[0].toUpperCase(Locale.ROOT)));
    side.pass();
    for (var line : side.said()) System.out.println("said " + line);
    long warm = System.nanoTime();
    while (System.nanoTime() - warm < nanos) side.pass();
    measure(side, tape.messages().size(), nanos);
  }

  private static void measure(Side side, int messages, long nanos) throws Exception {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var used = new double[SAMPLES];
    double elapsed = Double.MAX_VALUE;
    for (int i = 0; i < SAMPLES; i++) {
      long cpu = system.getProcessCpuTime();
      long began = System.nanoTime();
      long passed;
      long told = 0;
      do {
        side.pass();
        told += messages;
        passed = System.nanoTime() - began;
      } while (passed < nanos / SAMPLES);
      used[i] = (double) (system.getProcessCpuTime() - cpu) / told;
      elapsed = Math.min(elapsed, (double) passed / told);
    }
    Arrays.sort(used);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    side.pass();
    double bytes = (double) (threads.getCurrentThreadAllocatedBytes() - before) / messages;
    System.out.println("least " + used[0]);
    System.out.println("median " + used[SAMPLES / 2]);
    System.out.println("elapsed " + elapsed);
    System.out.println("bytes " + bytes);
  }
}
