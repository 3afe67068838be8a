package io.tradeflood.proxyter.wire;

import io.netty.util.NetUtil;
import java.util.Locale;

/**
 * Where a client wants to go.
 *
 * @param host a name or an address in small letters, without brackets
 * @param port 1 to 65535
 */
public record Target(String host, int port) {
  private static final int MAX_NAME = 253;

  public Target {
    host = checked(host);
    if (port < 1 || port > 65_535) throw new WireException("the target's port is not 1 to 65535");
  }

  /**
   * Reads {@code host:port}.
   *
   * @param defaultPort where none is given; 0 if one must be given
   */
  public static Target parse(String authority, int defaultPort) {
    int colon = authority.lastIndexOf(':');
    int bracket = authority.lastIndexOf(']');
    String host = colon > bracket ? authority.substring(0, colon) : authority;
    int port = colon > bracket ? port(authority.substring(colon + 1)) : defaultPort;
    if (bracket >= 0) {
      if (!host.startsWith("[") || !host.endsWith("]"))
        throw new WireException("the target is not HOST:PORT");
      host = host.substring(1, host.length() - 1);
      if (!NetUtil.isValidIpV6Address(host))
        throw new WireException("the target in brackets is no IPv6 address");
    } else if (host.indexOf(':') >= 0) throw new WireException("the target is not HOST:PORT");
    return new Target(host, port);
  }

  private static int port(String text) {
    if (text.isEmpty() || text.length() > 5) throw new WireException("the target has no port");
    int port = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) throw new WireException("the target's port is no number");
      port = port * 10 + digit;
    }
    return port;
  }

  private static String checked(String host) {
    if (host.isEmpty() || host.length() > MAX_NAME)
      throw new WireException("the target's name is empty or longer than 253 characters");
    if (host.indexOf(':') >= 0) {
      // A scope such as %eth0 names an interface of this machine: nothing for a client.
      if (!NetUtil.isValidIpV6Address(host) || host.indexOf('%') >= 0)
        throw new WireException("the target is no IPv6 address");
      return host.toLowerCase(Locale.ROOT);
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean fits =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '-'
              || c == '_'
              || c == '.' && i > 0 && host.charAt(i - 1) != '.';
      if (!fits) throw new WireException("the target's name has a character that is not allowed");
    }
    return host.toLowerCase(Locale.ROOT);
  }

  public boolean isIpv6() {
    return host.indexOf(':') >= 0;
  }

  @Override
  public String toString() {
    return isIpv6() ? "[" + host + "]:" + port : host + ":" + port;
  }
}
