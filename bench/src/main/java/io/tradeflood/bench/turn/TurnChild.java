package io.tradeflood.bench.turn;

import java.util.Arrays;

/** One side in a JVM of its own. Prints a line for each measurement: calls, ns per call, sum. */
final class TurnChild {
  private TurnChild() {}

  /** Arguments: the side, how often, and the numbers of calls. */
  public static void main(String[] arguments) throws InterruptedException {
    var side = TurnSide.valueOf(arguments[0]);
    int times = Integer.parseInt(arguments[1]);
    int[] sizes = Arrays.stream(arguments[2].split(",")).mapToInt(Integer::parseInt).toArray();
    // Everything once, and the small ones until they are compiled as the large ones are.
    for (int size : sizes)
      for (long done = 0; done < 2L * sizes[sizes.length - 1]; done += size) side.run(size);
    for (int i = 0; i < times; i++)
      for (int size : sizes) {
        System.gc();
        int repeats = Math.max(1, Math.min(20, sizes[sizes.length - 1] / size / 2));
        long sum = 0;
        long began = System.nanoTime();
        for (int repeat = 0; repeat < repeats; repeat++) sum = side.run(size);
        double nanos = (double) (System.nanoTime() - began) / repeats / size;
        System.out.println(size + " " + nanos + " " + sum);
      }
  }
}
