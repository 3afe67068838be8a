package io.tradeflood.proxyter.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The messages of SOCKS5 (RFC 1928, RFC 1929) that a client sends. Empty: more bytes are needed.
 */
public final class Socks {
  public static final int VERSION = 5;
  public static final int CONNECT = 1;

  public static final int NO_LOGIN = 0;
  public static final int PASSWORD = 2;
  public static final int NO_METHOD = 0xff;

  public static final int OK = 0;
  public static final int FAILURE = 1;
  public static final int NOT_ALLOWED = 2;
  public static final int NETWORK_UNREACHABLE = 3;
  public static final int HOST_UNREACHABLE = 4;
  public static final int REFUSED = 5;
  public static final int UNKNOWN_COMMAND = 7;
  public static final int UNKNOWN_ADDRESS = 8;

  public static final int IPV4 = 1;
  public static final int NAME = 3;
  public static final int IPV6 = 4;

  private Socks() {}

  /**
   * What the client could do to say who it is.
   *
   * @param length of the message in bytes
   */
  public record Greeting(boolean noLogin, boolean password, int length) {}

  /** Who the client is. */
  public record Login(String user, String password, int length) {
    @Override
    public String toString() {
      return user + ":***";
    }
  }

  /**
   * What the client wants.
   *
   * @param command 1 is CONNECT
   * @param host a name or an address in letters; empty if of a kind that is unknown
   */
  public record Request(int command, String host, int port, int length) {}

  public static Optional<Greeting> greeting(byte[] bytes, int from, int to) {
    if (to - from < 2) return Optional.empty();
    version(bytes[from], VERSION);
    int count = bytes[from + 1] & 0xff;
    if (to - from < 2 + count) return Optional.empty();
    boolean none = false;
    boolean password = false;
    for (int i = 0; i < count; i++) {
      none |= bytes[from + 2 + i] == NO_LOGIN;
      password |= bytes[from + 2 + i] == PASSWORD;
    }
    return Optional.of(new Greeting(none, password, 2 + count));
  }

  public static Optional<Login> login(byte[] bytes, int from, int to) {
    if (to - from < 2) return Optional.empty();
    version(bytes[from], 1);
    int user = bytes[from + 1] & 0xff;
    if (to - from < 3 + user) return Optional.empty();
    int password = bytes[from + 2 + user] & 0xff;
    if (to - from < 3 + user + password) return Optional.empty();
    return Optional.of(
        new Login(
            new String(bytes, from + 2, user, StandardCharsets.UTF_8),
            new String(bytes, from + 3 + user, password, StandardCharsets.UTF_8),
            3 + user + password));
  }

  public static Optional<Request> request(byte[] bytes, int from, int to) {
    if (to - from < 5) return Optional.empty();
    version(bytes[from], VERSION);
    if (bytes[from + 2] != 0) throw new WireException("SOCKS5: the reserved byte is not 0");
    int length = addressLength(bytes[from + 3], bytes[from + 4]);
    int command = bytes[from + 1] & 0xff;
    if (length < 0) return Optional.of(new Request(command, "", 0, to - from));
    if (to - from < 4 + length + 2) return Optional.empty();
    int port = (bytes[from + 4 + length] & 0xff) << 8 | bytes[from + 5 + length] & 0xff;
    return Optional.of(new Request(command, host(bytes, from + 3, length), port, 6 + length));
  }

  /**
   * How many bytes the address behind its kind has, with the length byte of a name; -1 if the kind
   * is unknown.
   */
  public static int addressLength(byte kind, byte first) {
    return switch (kind) {
      case IPV4 -> 4;
      case NAME -> 1 + (first & 0xff);
      case IPV6 -> 16;
      default -> -1;
    };
  }

  private static String host(byte[] bytes, int at, int length) {
    if (bytes[at] == NAME)
      return new String(bytes, at + 2, length - 1, StandardCharsets.ISO_8859_1);
    byte[] address = new byte[length];
    System.arraycopy(bytes, at + 1, address, 0, length);
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 and 16 bytes are an address", e);
    }
  }

  private static void version(byte found, int expected) {
    if (found != expected) throw new WireException("SOCKS5: the version is not " + expected);
  }
}
