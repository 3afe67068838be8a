package io.tradeflood.bench.live;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The messages of a tape as frames of a WebSocket, laid out once. Going through them again changes
 * their numbers only, so that each pass goes on from the one before.
 */
final class Frames {
  /** Added to a moment, so that it always has as many digits. */
  static final long STAMP = 100_000_000_000_000_000L;

  private static final String NO_STAMP = Long.toString(STAMP);
  private static final String TIME = "\"E\":";
  private static final String FIRST = "\"U\":";
  private static final String LAST = "\"u\":";

  private final ByteBuffer bytes;
  private final ByteBuffer window;
  private final int[] ends;
  private final int[] stamps;
  private final int[] firsts;
  private final int[] lasts;
  private final long[] first;
  private final long[] last;

  /**
   * @param stamped whether the place of the exchange's time is for {@link #stamp stamps}
   */
  Frames(Tape tape, boolean stamped) {
    var messages = tape.combined().stream().map(message -> text(message, stamped)).toList();
    int count = messages.size();
    bytes = ByteBuffer.allocateDirect(messages.stream().mapToInt(text -> text.length() + 4).sum());
    ends = new int[count];
    stamps = new int[count];
    firsts = new int[count];
    lasts = new int[count];
    first = new long[count];
    last = new long[count];
    lay(messages);
    window = bytes.duplicate();
  }

  private static String text(byte[] message, boolean stamped) {
    String text = new String(message, StandardCharsets.US_ASCII);
    return stamped ? text.replaceFirst(TIME + "\\d+", TIME + NO_STAMP) : text;
  }

  private void lay(List<String> messages) {
    for (int i = 0; i < ends.length; i++) {
      String text = messages.get(i);
      bytes.put((byte) 0x81).put((byte) 126).putShort((short) text.length());
      int at = bytes.position();
      stamps[i] = at + after(text, TIME);
      firsts[i] = at + after(text, FIRST);
      lasts[i] = at + after(text, LAST);
      first[i] = number(text, FIRST);
      last[i] = number(text, LAST);
      bytes.put(text.getBytes(StandardCharsets.US_ASCII));
      ends[i] = bytes.position();
    }
  }

  private static int after(String text, String name) {
    return text.indexOf(name) + name.length();
  }

  private static long number(String text, String name) {
    int from = after(text, name);
    return Long.parseLong(text, from, text.indexOf(',', from), 10);
  }

  int count() {
    return ends.length;
  }

  /** Has a message go on from the passes before. */
  void number(int message, long pass) {
    long more = pass * (last[last.length - 1] - first[0] + 1);
    digits(firsts[message], first[message] + more);
    digits(lasts[message], last[message] + more);
  }

  /** Writes a moment into a message, by the machine's running clock. */
  void stamp(int message, long nanos) {
    digits(stamps[message], STAMP + nanos);
  }

  /** The number keeps its length. */
  private void digits(int at, long number) {
    int end = at;
    while (bytes.get(end) >= '0') end++;
    long left = number;
    for (int i = end - 1; i >= at; i--, left /= 10) bytes.put(i, (byte) ('0' + left % 10));
  }

  /** The bytes of some messages; those of the next call are the same buffer. */
  ByteBuffer slice(int from, int to) {
    return window.limit(ends[to - 1]).position(from == 0 ? 0 : ends[from - 1]);
  }
}
