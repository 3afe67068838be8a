package io.tradeflood.proxy;

import java.net.URI;
import java.util.Optional;

/**
 * Where Proxyter is and who we are to it. Written out, the secrets are left out.
 *
 * @param host its name or address
 * @param port the port that takes clients, 1 to 65535
 * @param secure whether it is spoken to in TLS, its certificate and name checked
 * @param secret what lets us in, if it asks for one
 * @param admin where it takes what was seen of the answers; without it that is told only to
 *     Proxyter's door, with the next tunnel that is opened
 */
public record ProxyterAddress(
    String host, int port, boolean secure, Optional<String> secret, Optional<Admin> admin) {

  public ProxyterAddress {
    if (host.isEmpty() || port < 1 || port > 65_535)
      throw new IllegalArgumentException(
          "Proxyter's address must be a host and a port of 1 to 65535, was %s:%d"
              .formatted(host, port));
    if (secret.filter(String::isEmpty).isPresent())
      throw new IllegalArgumentException("Proxyter's secret must not be empty: leave it out");
  }

  /** Without TLS and a secret, and told of nothing but at its door. */
  public static ProxyterAddress of(String host, int port) {
    return new ProxyterAddress(host, port, false, Optional.empty(), Optional.empty());
  }

  /** The same in TLS. */
  public ProxyterAddress inTls() {
    return new ProxyterAddress(host, port, true, secret, admin);
  }

  /** The same with a secret. */
  public ProxyterAddress secret(String word) {
    return new ProxyterAddress(host, port, secure, Optional.of(word), admin);
  }

  /** The same, told of what was seen there. */
  public ProxyterAddress admin(URI url, Optional<String> token) {
    return new ProxyterAddress(host, port, secure, secret, Optional.of(new Admin(url, token)));
  }

  /** By which users give the address: {@code http} or {@code https}. */
  public String scheme() {
    return secure ? "https" : "http";
  }

  /**
   * As routes show it, such as {@code proxyter://127.0.0.1:8900}; with TLS {@code proxyter+tls}.
   */
  public String shown() {
    return (secure ? "proxyter+tls://" : "proxyter://") + this;
  }

  /** Host and port. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /**
   * Proxyter's own port.
   *
   * @param url scheme, host and port, such as {@code http://127.0.0.1:8901}
   * @param token what lets us in there; without it the secret does
   */
  public record Admin(URI url, Optional<String> token) {
    public Admin {
      String scheme = String.valueOf(url.getScheme());
      if ((!scheme.equals("http") && !scheme.equals("https")) || url.getHost() == null)
        throw new IllegalArgumentException(
            "The address of Proxyter's admin port must look like http://host:port, was " + url);
    }

    @Override
    public String toString() {
      return url.toString();
    }
  }
}
