package io.tradeflood.net;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The head of an answer of HTTP.
 *
 * @param status the status
 * @param headers by name in small letters
 */
record ReplyHead(int status, Map<String, List<String>> headers) {
  private static final int LONGEST = 64 * 1024;

  /**
   * Reads it.
   *
   * @return empty if it is not whole yet
   * @throws FrameException if it is none
   */
  static Optional<ReplyHead> read(Inbox in) throws FrameException {
    byte[] bytes = in.bytes;
    int end = in.from;
    while (end < in.to && !ends(bytes, in.from, end)) end++;
    if (end == in.to) {
      if (in.length() > LONGEST || !begins(in)) throw foreign(in);
      return Optional.empty();
    }
    if (!begins(in)) throw foreign(in);
    var lines =
        new String(bytes, in.from, end - in.from, StandardCharsets.ISO_8859_1).split("\r?\n");
    if (!lines[0].matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) throw foreign(in);
    in.from = end + 1;
    var headers = new HashMap<String, List<String>>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0)
        headers
            .computeIfAbsent(
                lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT),
                _ -> new ArrayList<>(1))
            .add(lines[i].substring(colon + 1).strip());
    }
    return Optional.of(new ReplyHead(Integer.parseInt(lines[0].substring(9, 12)), headers));
  }

  private static boolean ends(byte[] bytes, int from, int at) {
    if (bytes[at] != '\n') return false;
    if (at > from && bytes[at - 1] == '\n') return true;
    return at > from + 1 && bytes[at - 1] == '\r' && bytes[at - 2] == '\n';
  }

  private static boolean begins(Inbox in) {
    String expected = "HTTP/1.";
    for (int i = 0; i < expected.length() && i < in.length(); i++)
      if (in.bytes[in.from + i] != expected.charAt(i)) return false;
    return true;
  }

  private static FrameException foreign(Inbox in) {
    byte[] found = java.util.Arrays.copyOfRange(in.bytes, in.from, Math.min(in.to, in.from + 160));
    return new FrameException(
        FrameException.PROTOCOL,
        "does not speak HTTP: expected an answer such as HTTP/1.1 101 Switching Protocols, found "
            + Excerpt.of(found));
  }

  Optional<String> header(String name) {
    var values = headers.get(name);
    return values == null ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  /** Whether a header has a word in its list, whatever its case. */
  boolean has(String name, String word) {
    return header(name)
        .filter(
            all ->
                java.util.Arrays.stream(all.split(","))
                    .anyMatch(one -> one.strip().equalsIgnoreCase(word)))
        .isPresent();
  }

  boolean isChunked() {
    return has("transfer-encoding", "chunked");
  }

  /** Whether there is no more of the body behind the head than this. */
  boolean isWhole(byte[] body) {
    return isChunked()
        ? new String(body, StandardCharsets.ISO_8859_1).matches("(?s)(.*\\n)?0+\r\n\r\n")
        : header("content-length").filter(Integer.toString(body.length)::equals).isPresent();
  }

  /** What the body says: without the sizes of its chunks, if it came in such. */
  byte[] content(byte[] body) {
    if (!isChunked()) return body;
    var content = new ByteArrayOutputStream();
    int at = 0;
    while (at < body.length) {
      long size = 0;
      for (; at < body.length && Character.digit(body[at], 16) >= 0; at++)
        size = Math.min(size << 4 | Character.digit(body[at], 16), body.length);
      while (at < body.length && body[at++] != '\n') {}
      int length = (int) Math.min(size, body.length - at);
      content.write(body, at, length);
      at += length + 2;
    }
    return content.toByteArray();
  }
}
