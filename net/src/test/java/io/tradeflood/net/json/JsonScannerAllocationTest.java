package io.tradeflood.net.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.StringJoiner;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class JsonScannerAllocationTest {

  private static final int ROWS = 1000;
  private static final int PAGES = 100;

  /** Far less than the smallest object, so that one for each row would be seen. */
  private static final long BYTES_A_ROW = 2;

  private final JsonScanner scanner = new JsonScanner();

  @Test
  void aPageOfCandlesIsReadToMantissasWithoutGarbage() {
    byte[] page = page("[%d,\"42283.58000000\",\"42554.57\",\"1234.56789\",%d,\"0\"]");

    assertThat(allocatedARow(() -> sumOfColumns(page))).isLessThan(BYTES_A_ROW);
  }

  @Test
  void aPageOfTradesIsReadByNameWithoutGarbage() {
    byte[] page =
        page("{\"id\":%d,\"price\":\"42283.58\",\"time\":%d,\"side\":\"sell\",\"x\":[1]}");

    assertThat(allocatedARow(() -> sumOfFields(page))).isLessThan(BYTES_A_ROW);
    assertThat(allocatedARow(() -> sumOfNamedFields(page))).isLessThan(BYTES_A_ROW);
  }

  private long sumOfColumns(byte[] page) {
    scanner.reset(page, 0, page.length);
    long sum = 0;
    while (scanner.nextRow()) {
      sum += scanner.readLong();
      sum += scanner.readMantissa() + scanner.readMantissa() + scanner.readMantissa();
    }
    scanner.finish();
    return sum;
  }

  private long sumOfFields(byte[] page) {
    scanner.reset(page, 0, page.length);
    long sum = 0;
    while (scanner.nextRow()) {
      while (scanner.nextField()) {
        switch (scanner.fieldName()) {
          case "id", "time" -> sum += scanner.readLong();
          case "price" -> sum += scanner.readMantissa();
          case "side" -> sum += scanner.readWord().length();
          default -> {}
        }
      }
    }
    scanner.finish();
    return sum;
  }

  private static final Name ID = Name.of("id");
  private static final Name PRICE = Name.of("price");

  private long sumOfNamedFields(byte[] page) {
    scanner.reset(page, 0, page.length);
    long sum = 0;
    while (scanner.nextRow()) {
      sum += scanner.field(PRICE).readMantissa() + scanner.field(ID).readLong();
    }
    scanner.finish();
    return sum;
  }

  private static byte[] page(String row) {
    var page = new StringJoiner(",", "[", "]");
    for (int i = 0; i < ROWS; i++) {
      page.add(row.formatted(1_499_040_000_000L + i, 1_499_040_059_999L + i));
    }
    return page.toString().getBytes(UTF_8);
  }

  private static double allocatedARow(LongSupplier reading) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long first = reading.getAsLong();
    long before = 0;
    for (int i = 0; i < 2 * PAGES; i++) {
      if (i == PAGES) {
        before = threads.getCurrentThreadAllocatedBytes();
      }
      if (reading.getAsLong() != first) {
        throw new AssertionError("the same page was read differently");
      }
    }
    return (double) (threads.getCurrentThreadAllocatedBytes() - before) / PAGES / ROWS;
  }
}
