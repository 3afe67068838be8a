package io.tradeflood.proxyter.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a proxy is and how it is spoken to, written {@code scheme://user:password@host:port}.
 * Written out, the password is left out.
 *
 * @param scheme how it is spoken to
 * @param address where it is; of {@link Scheme#DIRECT} without meaning
 * @param credentials who we are there
 */
public record UpstreamUrl(Scheme scheme, Address address, Optional<Credentials> credentials) {

  /** How a proxy is spoken to. */
  public enum Scheme {
    HTTP(8080),
    /** As HTTP, inside TLS. */
    HTTPS(443),
    SOCKS5(1080),
    SOCKS4A(1080),
    /** No proxy: from this machine's own address. */
    DIRECT(0);

    private final int defaultPort;

    Scheme(int defaultPort) {
      this.defaultPort = defaultPort;
    }
  }

  /** Who we are at a proxy. */
  public record Credentials(String user, String password) {
    @Override
    public String toString() {
      return user + ":***";
    }
  }

  private static final Pattern HOST = Pattern.compile("(\\[[^\\]]*\\]|[^:/]*)(:[0-9]{1,5})?");

  /**
   * Reads a URL; user and password are percent-decoded.
   *
   * @throws IllegalArgumentException in one line that does not repeat the password
   */
  public static UpstreamUrl parse(String text) {
    if (text.equals("direct") || text.equals("direct://"))
      return new UpstreamUrl(Scheme.DIRECT, new Address("direct", 0), Optional.empty());
    int colon = text.indexOf("://");
    Scheme scheme = colon < 0 ? Scheme.HTTP : scheme(text.substring(0, colon));
    String rest = colon < 0 ? text : text.substring(colon + 3);
    if (rest.endsWith("/")) rest = rest.substring(0, rest.length() - 1);
    int at = rest.lastIndexOf('@');
    Optional<Credentials> credentials =
        at < 0 ? Optional.empty() : Optional.of(credentials(rest.substring(0, at)));
    String host = rest.substring(at + 1);
    boolean hasPort = host.matches(".*:[0-9]{1,5}");
    // Vendors write HOST:PORT:USER:PASSWORD, too: what is no address is not repeated.
    if (!HOST.matcher(host).matches() || colon < 0 && !hasPort)
      throw new IllegalArgumentException(
          "it is no URL of a proxy: expected scheme://user:password@HOST:PORT, or direct");
    if (!hasPort) host = host + ":" + scheme.defaultPort;
    Address address;
    try {
      address = Address.parse(host);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("proxy %s: %s".formatted(host, e.getMessage()), e);
    }
    if (address.port() == 0)
      throw new IllegalArgumentException("proxy '%s' needs a port of 1 to 65535".formatted(host));
    return new UpstreamUrl(scheme, address, credentials);
  }

  private static Scheme scheme(String text) {
    for (Scheme scheme : Scheme.values())
      if (scheme != Scheme.DIRECT && scheme.name().equalsIgnoreCase(text)) return scheme;
    if (text.equalsIgnoreCase("socks4")) return Scheme.SOCKS4A;
    if (text.equalsIgnoreCase("socks5h") || text.equalsIgnoreCase("socks")) return Scheme.SOCKS5;
    throw new IllegalArgumentException(
        "proxy scheme '%s' is unknown: expected http, https, socks5, socks4a or direct"
            .formatted(text));
  }

  private static Credentials credentials(String text) {
    int colon = text.indexOf(':');
    try {
      return new Credentials(
          decode(colon < 0 ? text : text.substring(0, colon)),
          colon < 0 ? "" : decode(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the credentials of a proxy have a % without two hexadecimal digits: write it as %25", e);
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** A mark that another place, or other credentials there, do not have; tells neither. */
  public String mark() {
    return SettingsReader.idOf(
        this + credentials.map(c -> " " + c.user() + " " + c.password()).orElse(""));
  }

  @Override
  public String toString() {
    return scheme == Scheme.DIRECT
        ? "direct"
        : scheme.name().toLowerCase(Locale.ROOT)
            + "://"
            + credentials.map(c -> c.user() + ":***@").orElse("")
            + address;
  }
}
