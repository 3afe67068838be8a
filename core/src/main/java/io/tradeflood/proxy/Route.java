package io.tradeflood.proxy;

import java.util.List;
import java.util.Optional;

/** The way a request takes. */
public sealed interface Route {
  /** Straight to the exchange, from this machine's own address. */
  record Direct() implements Route {
    @Override
    public String toString() {
      return "direct";
    }
  }

  /**
   * Through a proxy.
   *
   * @param protocol how the proxy is spoken to
   * @param host the proxy's name or address
   * @param port its port, 1 to 65535
   * @param credentials who we are to the proxy, if it asks; requests of different credentials never
   *     share a connection
   */
  record Via(Protocol protocol, String host, int port, Optional<Credentials> credentials)
      implements Route {
    public Via {
      if (port < 1 || port > 65_535)
        throw new IllegalArgumentException(
            "A proxy's port must be 1 to 65535, was %d for %s".formatted(port, host));
    }

    @Override
    public String toString() {
      return protocol.name().toLowerCase(java.util.Locale.ROOT)
          + "://"
          + credentials.map(c -> c.user() + "@").orElse("")
          + host
          + ":"
          + port;
    }
  }

  /**
   * By Proxyter, which chooses the proxy by the request's type. The requests to one exchange are
   * one session of Proxyter's: they leave by one address, unless the rotation allows more.
   *
   * @param address where Proxyter is
   * @param rotation whether another address may be taken
   * @param groups only by proxies of these groups of Proxyter's; empty for those that its route
   *     names
   * @param tags only by proxies that carry all of these
   */
  record Proxyter(
      ProxyterAddress address, Rotation rotation, List<String> groups, List<String> tags)
      implements Route {
    public Proxyter {
      groups = List.copyOf(groups);
      tags = List.copyOf(tags);
    }

    /** By one address for each exchange. */
    public Proxyter(ProxyterAddress address) {
      this(address, Rotation.never(), List.of(), List.of());
    }

    /** The same with another rotation. */
    public Proxyter rotate(Rotation other) {
      return new Proxyter(address, other, groups, tags);
    }

    @Override
    public String toString() {
      return address.shown() + " (" + rotation + ")";
    }
  }

  /** How a proxy is spoken to. */
  enum Protocol {
    /** HTTP CONNECT for TLS, the absolute form for plain HTTP. */
    HTTP,
    SOCKS5
  }

  /**
   * Who we are to a proxy. Written out, the password is left out.
   *
   * @param user the user's name, or Proxyter's payload
   * @param password the password
   */
  record Credentials(String user, String password) {
    @Override
    public String toString() {
      return user + ":***";
    }
  }

  /** Straight to the exchange. */
  static Route direct() {
    return new Direct();
  }
}
