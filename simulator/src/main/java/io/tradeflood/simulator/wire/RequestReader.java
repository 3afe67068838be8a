package io.tradeflood.simulator.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads requests off a connection, strictly. */
final class RequestReader {
  private static final int MOST_FIELDS = 100;

  private final InputStream in;
  private final WireLimits limits;

  RequestReader(InputStream in, WireLimits limits) {
    this.in = in;
    this.limits = limits;
  }

  /** The first line and the fields of a request. */
  record Head(String method, String target, boolean http11, Headers headers) {

    boolean keepAlive() {
      String connection = headers.first("Connection").orElse("").toLowerCase(Locale.ROOT);
      return http11 ? !connection.contains("close") : connection.contains("keep-alive");
    }

    boolean expectsContinue() {
      return headers.first("Expect").orElse("").equalsIgnoreCase("100-continue");
    }

    boolean hasBody() {
      return headers.first("Transfer-Encoding").isPresent()
          || !headers.first("Content-Length").orElse("0").equals("0");
    }
  }

  /** A request that cannot be understood or is too much; it ends the connection. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1;
    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  Head readHead() throws IOException {
    int[] budget = {limits.head()};
    String first = line(budget, 414);
    while (first.isEmpty()) {
      first = line(budget, 414);
    }
    String[] parts = first.split(" ", -1);
    if (parts.length != 3 || parts[0].isEmpty() || !isToken(parts[0])) {
      throw new Refused(400, "The first line of a request is METHOD TARGET HTTP/1.1");
    }
    if (!parts[2].equals("HTTP/1.1") && !parts[2].equals("HTTP/1.0")) {
      throw new Refused(parts[2].startsWith("HTTP/") ? 505 : 400, "Only HTTP/1.1 is spoken here");
    }
    List<Headers.Field> fields = new ArrayList<>();
    for (String line = line(budget, 431); !line.isEmpty(); line = line(budget, 431)) {
      int colon = line.indexOf(':');
      if (colon < 1 || !isToken(line.substring(0, colon))) {
        throw new Refused(400, "A header field is NAME: VALUE");
      }
      if (fields.size() == MOST_FIELDS) {
        throw new Refused(431, "A request has at most " + MOST_FIELDS + " header fields");
      }
      fields.add(new Headers.Field(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return new Head(parts[0], parts[1], parts[2].endsWith("1.1"), new Headers(fields));
  }

  byte[] readBody(Head head) throws IOException {
    List<String> lengths = head.headers.all("Content-Length");
    String encoding = head.headers.first("Transfer-Encoding").orElse("");
    if (!encoding.isEmpty()) {
      if (!lengths.isEmpty()) {
        throw new Refused(400, "A body has a length or is chunked, not both");
      }
      if (!encoding.equalsIgnoreCase("chunked")) {
        throw new Refused(501, "Only chunked bodies are understood");
      }
      return chunked();
    }
    if (lengths.isEmpty()) {
      return new byte[0];
    }
    return exactly(length(lengths));
  }

  private int length(List<String> lengths) throws Refused {
    String length = lengths.getFirst();
    if (lengths.stream().distinct().count() != 1 || !length.matches("[0-9]{1,18}")) {
      throw new Refused(400, "Content-Length is one whole number");
    }
    if (Long.parseLong(length) > limits.body()) {
      throw new Refused(413, "A body has at most " + limits.body() + " bytes");
    }
    return Integer.parseInt(length);
  }

  private byte[] chunked() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String size = line(new int[] {256}, 400).replaceFirst(";.*", "").strip();
      if (!size.matches("[0-9a-fA-F]{1,8}")) {
        throw new Refused(400, "A chunk begins with its length in hexadecimal digits");
      }
      long n = Long.parseLong(size, 16);
      if (body.size() + n > limits.body()) {
        throw new Refused(413, "A body has at most " + limits.body() + " bytes");
      }
      if (n == 0) {
        int[] budget = {limits.head()};
        while (!line(budget, 431).isEmpty()) {
          continue;
        }
        return body.toByteArray();
      }
      body.writeBytes(exactly((int) n));
      if (!line(new int[] {2}, 400).isEmpty()) {
        throw new Refused(400, "A chunk ends with a line end");
      }
    }
  }

  private byte[] exactly(int n) throws IOException {
    byte[] bytes = in.readNBytes(n);
    if (bytes.length < n) {
      throw new EOFException("The body ended early");
    }
    return bytes;
  }

  private String line(int[] budget, int tooLong) throws IOException {
    StringBuilder line = new StringBuilder(80);
    while (true) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException("The head ended early");
      }
      if (--budget[0] < 0) {
        throw new Refused(tooLong, "The head is too long");
      }
      if (c == '\n') {
        break;
      }
      line.append((char) c);
    }
    int end = line.length();
    if (end == 0 || line.charAt(end - 1) != '\r') {
      throw new Refused(400, "Lines end with carriage return and line feed");
    }
    line.setLength(end - 1);
    return utf8(line);
  }

  /** Bytes were taken as characters; beyond ASCII they are UTF-8. */
  private static String utf8(StringBuilder line) {
    String text = line.toString();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      }
    }
    return text;
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7F || "()<>@,;:\\\"/[]?={}".indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }
}
