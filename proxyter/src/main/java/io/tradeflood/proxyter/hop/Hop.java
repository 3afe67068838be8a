package io.tradeflood.proxyter.hop;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.UpstreamUrl;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * How a proxy is reached, worked out once.
 *
 * @param address where it is, if its URL says so by number
 * @param authorization the value of {@code Proxy-Authorization} for it
 * @param tls how TLS is spoken to it
 */
public record Hop(
    UpstreamUrl url,
    Optional<InetSocketAddress> address,
    Optional<String> authorization,
    Optional<SslContext> tls) {

  /**
   * How the proxy is reached.
   *
   * @param problems gets a line for each thing of its declaration that cannot be used
   */
  public static Hop of(Settings.Proxy proxy, List<String> problems) {
    return of(proxy.url(), tls(proxy, problems));
  }

  private static Hop of(UpstreamUrl url, Optional<SslContext> tls) {
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

  private static Optional<SslContext> tls(Settings.Proxy proxy, List<String> problems) {
    if (proxy.url().scheme() != UpstreamUrl.Scheme.HTTPS) return Optional.empty();
    Optional<File> trust = proxy.trust().map(path -> path.toFile());
    try {
      var builder = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
      if (trust.isPresent()) builder.trustManager(trust.get());
      return Optional.of(builder.build());
    } catch (SSLException | IllegalArgumentException e) {
      problems.add(
          "proxies.%s.trust: %s holds no PEM certificates: %s"
              .formatted(
                  proxy.id(),
                  trust.map(File::getPath).orElse(""),
                  String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
      return Optional.empty();
    }
  }

  private static boolean isDirect(UpstreamUrl url) {
    return url.scheme() == UpstreamUrl.Scheme.DIRECT;
  }

  public boolean isDirect() {
    return isDirect(url);
  }

  /** Whether it speaks HTTP, in TLS or not. */
  public boolean isHttp() {
    return switch (url.scheme()) {
      case HTTP, HTTPS -> true;
      case SOCKS5, SOCKS4A, DIRECT -> false;
    };
  }
}
