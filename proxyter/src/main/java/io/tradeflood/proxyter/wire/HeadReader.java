package io.tradeflood.proxyter.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads heads strictly: lines end with CR LF, no line is folded, no name is followed by a blank, no
 * control characters.
 */
public final class HeadReader {
  /** The longest head. */
  public static final int MAX_BYTES = 8_192;

  private static final int MAX_FIELDS = 100;
  private static final boolean[] TOKEN = new boolean[128];

  static {
    for (char c = '0'; c <= '9'; c++) TOKEN[c] = true;
    for (char c = 'a'; c <= 'z'; c++) TOKEN[c] = true;
    for (char c = 'A'; c <= 'Z'; c++) TOKEN[c] = true;
    for (char c : "!#$%&'*+-.^_`|~".toCharArray()) TOKEN[c] = true;
  }

  private final byte[] bytes;
  private final int to;
  private int at;

  HeadReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.to = to;
  }

  /** Where the head ends, behind its empty line; -1 if it does not end yet. */
  public static int end(byte[] bytes, int from, int to) {
    for (int i = from + 3; i < to; i++) {
      byte b = bytes[i];
      if (b == '\n') {
        if (bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') return i + 1;
      } else if (b != '\r') {
        // Of the last four bytes, none is this one.
        i += 3;
      }
    }
    return -1;
  }

  RequestHead request() {
    String method = token(' ', "the method");
    String target = word("the target");
    int minor = version();
    crlf();
    return new RequestHead(method, target, minor, headers());
  }

  ResponseHead response() {
    int minor = version();
    expect(' ');
    int status = 0;
    for (int i = 0; i < 3; i++) {
      int digit = next() - '0';
      if (digit < 0 || digit > 9) throw new WireException("the status is not three digits");
      status = status * 10 + digit;
    }
    if (status < 100) throw new WireException("the status is below 100");
    String reason = "";
    if (at < to && bytes[at] == ' ') {
      at++;
      reason = value();
    } else crlf();
    return new ResponseHead(status, reason, minor, headers());
  }

  private Headers headers() {
    var headers = new Headers();
    while (true) {
      if (at < to && bytes[at] == '\r') {
        crlf();
        if (at != to) throw new WireException("bytes behind the head");
        return headers;
      }
      if (headers.size() == MAX_FIELDS)
        throw new WireException("more than " + MAX_FIELDS + " header fields");
      String name = token(':', "a header's name");
      while (at < to && (bytes[at] == ' ' || bytes[at] == '\t')) at++;
      headers.add(name, value());
    }
  }

  private String token(char end, String what) {
    int start = at;
    while (at < to && bytes[at] > 0 && TOKEN[bytes[at]]) at++;
    if (at == start || at == to || bytes[at] != end)
      throw new WireException(what + " is missing or has a character that is not allowed");
    return new String(bytes, start, at++ - start, StandardCharsets.ISO_8859_1);
  }

  private String word(String what) {
    int start = at;
    while (at < to && bytes[at] > ' ' && bytes[at] < 127) at++;
    if (at == start || at == to || bytes[at] != ' ')
      throw new WireException(what + " is missing or has a character that is not allowed");
    return new String(bytes, start, at++ - start, StandardCharsets.ISO_8859_1);
  }

  /** The rest of the line without blanks at its end. */
  private String value() {
    int start = at;
    while (at < to && (bytes[at] < 0 || bytes[at] >= ' ' && bytes[at] != 127 || bytes[at] == '\t'))
      at++;
    int end = at;
    crlf();
    while (end > start && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) end--;
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  private int version() {
    for (char c : VERSION) expect(c);
    int minor = next() - '0';
    if (minor != 0 && minor != 1) throw new WireException("the version is not HTTP/1.0 or 1.1");
    return minor;
  }

  private static final char[] VERSION = "HTTP/1.".toCharArray();

  private void crlf() {
    expect('\r');
    expect('\n');
  }

  private void expect(char c) {
    if (next() != c) throw new WireException("the head is no HTTP/1");
  }

  private byte next() {
    if (at == to) throw new WireException("the head ends too soon");
    return bytes[at++];
  }

  static boolean isChunked(Headers headers) {
    List<String> codings = headers.words("transfer-encoding");
    if (codings.isEmpty()) {
      if (headers.has("transfer-encoding")) throw new WireException("Transfer-Encoding is empty");
      return false;
    }
    if (codings.size() != 1 || !codings.get(0).equals("chunked"))
      throw new WireException("Transfer-Encoding is not chunked alone");
    return true;
  }

  static OptionalLong length(Headers headers) {
    List<String> lengths = headers.all("content-length");
    if (lengths.isEmpty()) return OptionalLong.empty();
    String first = lengths.get(0);
    for (String length : lengths)
      if (!length.equals(first)) throw new WireException("Content-Length is given twice");
    if (first.isEmpty()
        || first.length() > 18
        || !first.chars().allMatch(c -> c >= '0' && c <= '9'))
      throw new WireException("Content-Length is no number");
    return OptionalLong.of(Long.parseLong(first));
  }
}
