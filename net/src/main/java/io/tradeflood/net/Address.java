package io.tradeflood.net;

import java.net.IDN;
import java.net.URI;
import java.util.Locale;

/**
 * Where an exchange is spoken to.
 *
 * @param secure whether by TLS
 * @param host the name, or the number without brackets
 * @param port 1 to 65535
 * @param path the part of the path that all endpoints share, encoded, without a slash at its end
 */
record Address(boolean secure, String host, int port, String path) {

  /**
   * Reads a base URL.
   *
   * @throws IllegalArgumentException if it is none; the message is a whole line
   */
  static Address of(URI url, String hostName) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) throw malformed(url, hostName);
    boolean secure = scheme.equals("https");
    String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
    authority = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String host = hasPort ? authority.substring(0, colon) : authority;
    if (host.startsWith("[") && host.endsWith("]")) host = host.substring(1, host.length() - 1);
    if (host.isEmpty() || url.getRawQuery() != null || url.getRawFragment() != null)
      throw malformed(url, hostName);
    try {
      String digits = hasPort ? authority.substring(colon + 1) : "";
      int port = digits.isEmpty() ? (secure ? 443 : 80) : Integer.parseInt(digits);
      if (port < 1 || port > 65_535) throw malformed(url, hostName);
      if (!host.contains(":")) host = IDN.toASCII(host);
      return new Address(secure, host, port, path(url));
    } catch (IllegalArgumentException _) {
      throw malformed(url, hostName);
    }
  }

  private static String path(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    while (path.endsWith("/")) path = path.substring(0, path.length() - 1);
    return UrlText.path(path);
  }

  private static IllegalArgumentException malformed(URI url, String hostName) {
    return new IllegalArgumentException(
        "The address of %s must look like https://host or http://host:port/path, was %s"
            .formatted(hostName, UrlText.withoutSecrets(url.toString())));
  }

  /**
   * This address in place of another: its own path if it has one, otherwise the other's, so that
   * {@code --host NAME=http://127.0.0.1:9000} keeps the paths of the exchange.
   */
  Address inPlaceOf(Address other) {
    return path.isEmpty() ? new Address(secure, host, port, other.path) : this;
  }

  /** Host and port as they stand in a URL. */
  String authority() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return port == (secure ? 443 : 80) ? name : name + ":" + port;
  }

  /** Scheme, host and port. */
  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + authority();
  }
}
