package io.tradeflood.bench.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Messages of one book of Binance spot, made up: a snapshot of 1000 levels a side, and changes of
 * about 300 bytes each, most of them near the best price.
 *
 * @param snapshot the answer to {@code GET /api/v3/depth}
 * @param messages what the stream brings after it, each the data of a message
 */
record Tape(String snapshot, List<String> messages) {
  private static final int MESSAGES = 20_000;
  private static final int DEPTH = 1000;
  private static final long FIRST = 70_000_000_000L;
  private static final long MILLIS = 1_790_000_000_000L;

  /** In hundredths, between the sides. */
  private static final int MIDDLE = 6_000_000;

  private static final int EACH_SIDE = 3;

  static Tape make() {
    var random = new Random(42);
    var text = new StringBuilder("{\"lastUpdateId\":" + FIRST + ",\"bids\":[");
    for (int i = 1; i <= DEPTH; i++) level(text, MIDDLE - i, size(random), i == 1);
    text.append("],\"asks\":[");
    for (int i = 1; i <= DEPTH; i++) level(text, MIDDLE + i, size(random), i == 1);
    String snapshot = text.append("]}").toString();
    var messages = new ArrayList<String>();
    long last = FIRST;
    for (int i = 0; i < MESSAGES; i++) {
      long first = last + 1;
      last += 2 * EACH_SIDE + random.nextInt(4);
      messages.add(message(random, i, first, last));
    }
    return new Tape(snapshot, messages);
  }

  private static String message(Random random, int number, long first, long last) {
    var text = new StringBuilder();
    text.append("{\"e\":\"depthUpdate\",\"E\":").append(MILLIS + 100L * number);
    text.append(",\"s\":\"BTCUSDT\",\"U\":").append(first).append(",\"u\":").append(last);
    text.append(",\"b\":[");
    for (int i = 0; i < EACH_SIDE; i++) level(text, MIDDLE - away(random), change(random), i == 0);
    text.append("],\"a\":[");
    for (int i = 0; i < EACH_SIDE + number % 2; i++)
      level(text, MIDDLE + away(random), change(random), i == 0);
    return text.append("]}").toString();
  }

  /** Seven in ten are among the best twenty. */
  private static int away(Random random) {
    return 1 + (random.nextInt(10) < 7 ? random.nextInt(20) : random.nextInt(500));
  }

  private static double change(Random random) {
    return random.nextInt(10) < 3 ? 0 : size(random);
  }

  private static double size(Random random) {
    return Math.max(0.00001, Math.exp(random.nextGaussian() * 2 - 2));
  }

  private static void level(StringBuilder text, int price, double size, boolean first) {
    if (!first) text.append(',');
    // The exchange writes eight digits, of which the last three of a size are zeros here.
    text.append(
        String.format(
            Locale.ROOT, "[\"%d.%02d000000\",\"%.5f000\"]", price / 100, price % 100, size));
  }

  /** Writes it to a folder, a message a line. */
  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("snapshot"), snapshot);
    Files.write(folder.resolve("messages"), messages);
  }

  /** Reads it from a folder. */
  static Tape read(Path folder) throws IOException {
    return new Tape(
        Files.readString(folder.resolve("snapshot")),
        Files.readAllLines(folder.resolve("messages")));
  }

  /** The messages as a combined stream brings them. */
  List<byte[]> combined() {
    return messages.stream()
        .map(data -> "{\"stream\":\"btcusdt@depth@100ms\",\"data\":" + data + "}")
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  double bytesAMessage() {
    return messages.stream().mapToInt(String::length).average().orElseThrow();
  }
}
