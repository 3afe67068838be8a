package io.tradeflood.bench.json;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One parser in a JVM of its own. Prints what it read with {@code said}, and for each kind of page
 * {@code least}, {@code median} (ns a page) and {@code bytes} (allocated a page), and for ours
 * {@code models} (the bytes of the models alone) and {@code rows} (those of the exchange's rows).
 */
final class JsonChild {
  /** Written, so that no compiler may leave out the making of what nobody reads. */
  @SuppressWarnings("unused")
  private static volatile @Nullable Object latest;

  private JsonChild() {}

  /** Arguments: the parser, the folder with the pages, the milliseconds for each kind. */
  public static void main(String[] arguments) throws Exception {
    var folder = Path.of(arguments[1]);
    long nanos = Long.parseLong(arguments[2]) * 1_000_000;
    Map<Kind, byte[]> pages = new EnumMap<>(Kind.class);
    for (var kind : Kind.ALL) pages.put(kind, Files.readAllBytes(folder.resolve(kind.word())));
    var parser = parser(arguments[0], pages);
    for (var page : pages.entrySet())
      for (var line : parser.said(page.getKey(), parser.read(page.getKey(), page.getValue())))
        System.out.println("said " + page.getKey() + " " + line);
    // All kinds are read in turns first: an application reads more than one, too.
    for (int i = 0; i < 10; i++)
      for (var page : pages.entrySet()) repeat(parser, page.getKey(), page.getValue(), nanos / 20);
    for (var page : pages.entrySet()) measure(parser, page.getKey(), page.getValue(), nanos);
  }

  private static Parser parser(String name, Map<Kind, byte[]> pages) throws InterruptedException {
    return switch (name) {
      case "tradeflood" -> new OurParser(pages);
      case "jackson" -> new JacksonParser();
      default -> new XchangeParser();
    };
  }

  private static void measure(Parser parser, Kind kind, byte[] page, long nanos) throws Exception {
    // Short ones, so that some of them are not interrupted on a machine with other work.
    int batches = 501;
    double[] samples = new double[batches];
    for (int i = 0; i < batches; i++) samples[i] = repeat(parser, kind, page, nanos / batches);
    Arrays.sort(samples);
    System.out.println("least " + kind + " " + samples[0]);
    System.out.println("median " + kind + " " + samples[batches / 2]);
    System.out.println("bytes " + kind + " " + allocated(() -> parser.read(kind, page)));
    if (parser instanceof OurParser ours) {
      var mould = new Mould(parser.read(kind, page));
      System.out.println("models " + kind + " " + allocated(mould::cast));
      var rows = ours.rows(kind, page);
      System.out.println("rows " + kind + " " + allocated(() -> Mould.castRows(rows)));
    }
  }

  /** Bytes that a making of something allocates. */
  private static double allocated(Callable<Object> making) throws Exception {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int times = 200;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < times; i++) latest = making.call();
    return (double) (threads.getCurrentThreadAllocatedBytes() - before) / times;
  }

  /** Nanoseconds a page, over so many nanoseconds. */
  private static double repeat(Parser parser, Kind kind, byte[] page, long nanos) throws Exception {
    long began = System.nanoTime();
    long passed;
    int count = 0;
    do {
      latest = parser.read(kind, page);
      count++;
      passed = System.nanoTime() - began;
    } while (passed < nanos);
    return (double) passed / count;
  }
}
