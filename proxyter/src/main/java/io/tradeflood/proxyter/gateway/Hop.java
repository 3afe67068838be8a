package io.tradeflood.proxyter.gateway;

import io.netty.handler.ssl.SslContext;
import io.tradeflood.proxyter.config.UpstreamUrl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * How a proxy is reached, worked out once.
 *
 * @param address where it is, if its URL says so by number
 * @param authorization the value of {@code Proxy-Authorization} for it
 * @param tls how TLS is spoken to it
 */
record Hop(
    UpstreamUrl url,
    Optional<InetSocketAddress> address,
    Optional<String> authorization,
    Optional<SslContext> tls) {

  static Hop of(UpstreamUrl url, Optional<SslContext> tls) {
    Optional<InetAddress> literal =
        isDirect(url) ? Optional.empty() : Names.literal(url.address().host());
    return new Hop(
        url,
        literal.map(a -> new InetSocketAddress(a, url.address().port())),
        url.credentials()
            .map(
                c ->
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(
                                (c.user() + ":" + c.password()).getBytes(StandardCharsets.UTF_8))),
        tls);
  }

  private static boolean isDirect(UpstreamUrl url) {
    return url.scheme() == UpstreamUrl.Scheme.DIRECT;
  }

  boolean isDirect() {
    return isDirect(url);
  }

  /** Whether it speaks HTTP, in TLS or not. */
  boolean isHttp() {
    return switch (url.scheme()) {
      case HTTP, HTTPS -> true;
      case SOCKS5, SOCKS4A, DIRECT -> false;
    };
  }
}
