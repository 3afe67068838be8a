package io.tradeflood.proxyter.config;

/**
 * A host and a port, written {@code host:port}, with an IPv6 address in brackets.
 *
 * @param host a name or an address, in small letters, without brackets
 * @param port 0 to 65535; 0 only where we listen, and means any
 */
public record Address(String host, int port) {
  public Address {
    host = host.toLowerCase(java.util.Locale.ROOT);
    if (host.isEmpty() || host.chars().anyMatch(c -> c <= 32 || c == '/' || c == '@'))
      throw new IllegalArgumentException("host '%s' is no name or address".formatted(host));
    if (port < 0 || port > 65_535)
      throw new IllegalArgumentException("port must be 0 to 65535, was " + port);
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException in one line, if it is not {@code host:port}
   */
  public static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon > 0 && text.substring(colon + 1).matches("[0-9]{1,5}")) {
      String host = text.substring(0, colon);
      if (host.startsWith("[") && host.endsWith("]")) host = host.substring(1, host.length() - 1);
      else if (host.indexOf(':') >= 0) host = "";
      if (!host.isEmpty()) return new Address(host, Integer.parseInt(text.substring(colon + 1)));
    }
    throw new IllegalArgumentException(
        "'%s' is not HOST:PORT: write one such as 127.0.0.1:8900".formatted(text));
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
