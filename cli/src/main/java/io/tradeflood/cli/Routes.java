package io.tradeflood.cli;

import io.tradeflood.proxy.ProxyScheme;
import io.tradeflood.proxy.ProxyterAddress;
import io.tradeflood.proxy.Rotation;
import io.tradeflood.proxy.Route;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which ways users want requests to take.
 *
 * @param proxyter where Proxyter is
 * @param wishes by the type of request or its beginning
 */
record Routes(Optional<ProxyterAddress> proxyter, Map<String, Wish> wishes) {
  static final Routes NONE = new Routes(Optional.empty(), Map.of());

  Routes {
    wishes = Map.copyOf(wishes);
  }

  /** A way as it is written. */
  sealed interface Wish {
    /** Straight, or by a proxy that is named. */
    record Fixed(Route route) implements Wish {}

    /** By Proxyter, wherever it is. */
    record ByProxyter(Rotation rotation, List<String> groups, List<String> tags) implements Wish {}
  }

  /** The same with another Proxyter. */
  Routes with(ProxyterAddress other) {
    return new Routes(Optional.of(other), wishes);
  }

  /**
   * The scheme: where there is a Proxyter, everything else goes by it, by one address for each
   * exchange.
   *
   * @throws UsageException if a way leads by Proxyter and there is none
   */
  ProxyScheme scheme() {
    var routes = new TreeMap<String, Route>();
    proxyter.ifPresent(address -> routes.put("*", new Route.Proxyter(address)));
    wishes.forEach((type, wish) -> routes.put(type, route(type, wish)));
    return ProxyScheme.byType(routes);
  }

  private Route route(String type, Wish wish) {
    return switch (wish) {
      case Wish.Fixed fixed -> fixed.route();
      case Wish.ByProxyter by ->
          new Route.Proxyter(
              proxyter.orElseThrow(
                  () ->
                      new UsageException(
                          "routes.%s: there is no Proxyter: give its address by --proxyter URL or the key proxyter"
                              .formatted(type))),
              by.rotation(),
              by.groups(),
              by.tags());
    };
  }

  /** The exchanges that are named. */
  List<String> exchanges() {
    return wishes.keySet().stream()
        .filter(type -> !type.equals("*"))
        .map(type -> type.replaceFirst("\\..*", ""))
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Reads Proxyter's address; {@code where} names the option or the key it was written at.
   *
   * @throws UsageException if it cannot be one; the secret is not told
   */
  static ProxyterAddress proxyter(String where, String text) {
    URI url = url(where, text);
    String scheme = String.valueOf(url.getScheme());
    if (scheme.startsWith("socks"))
      throw wrong(
          where,
          text,
          "Proxyter is spoken to by HTTP here: write http://SECRET@%s:%d, or https where it has TLS"
              .formatted(url.getHost(), url.getPort()));
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    if (!(scheme.equals("http") || scheme.equals("https"))
        || url.getHost() == null
        || !isPort(url)
        || !(path.isEmpty() || path.equals("/"))
        || url.getRawQuery() != null
        || url.getRawFragment() != null)
      throw wrong(
          where, text, "expected Proxyter's address as http://SECRET@HOST:PORT or https://...");
    String who = url.getRawUserInfo() == null ? "" : url.getRawUserInfo();
    if (who.indexOf(':') > 0)
      throw wrong(
          where,
          text,
          "the place of the user belongs to the type of each request: write %s://SECRET@%s:%d"
              .formatted(scheme, url.getHost(), url.getPort()));
    String secret = decoded(who.startsWith(":") ? who.substring(1) : who);
    var plain = ProxyterAddress.of(host(url), url.getPort());
    var address = scheme.equals("https") ? plain.inTls() : plain;
    return secret.isEmpty() ? address : address.secret(secret);
  }

  /** Reads the way that is written as one word: {@code direct proxyter} or a proxy's address. */
  static Wish wish(String where, String text) {
    if (text.equals("direct")) return new Wish.Fixed(Route.direct());
    if (text.equals("proxyter")) return new Wish.ByProxyter(Rotation.never(), List.of(), List.of());
    URI url = url(where, text);
    var protocol =
        switch (String.valueOf(url.getScheme())) {
          case "http" -> Optional.of(Route.Protocol.HTTP);
          case "socks5" -> Optional.of(Route.Protocol.SOCKS5);
          default -> Optional.<Route.Protocol>empty();
        };
    if (protocol.isEmpty() || url.getHost() == null || !isPort(url))
      throw wrong(
          where,
          text,
          "expected direct, proxyter, or another proxy as http://USER:PASSWORD@HOST:PORT or socks5://...");
    String who = url.getRawUserInfo() == null ? "" : url.getRawUserInfo();
    int colon = who.indexOf(':');
    var credentials =
        who.isEmpty()
            ? Optional.<Route.Credentials>empty()
            : Optional.of(
                new Route.Credentials(
                    decoded(colon < 0 ? who : who.substring(0, colon)),
                    decoded(colon < 0 ? "" : who.substring(colon + 1))));
    return new Wish.Fixed(new Route.Via(protocol.get(), host(url), url.getPort(), credentials));
  }

  private static URI url(String where, String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      throw wrong(where, text, "expected an address such as http://127.0.0.1:8900");
    }
  }

  private static boolean isPort(URI url) {
    return url.getPort() > 0 && url.getPort() <= 65_535;
  }

  private static String host(URI url) {
    return url.getHost().replaceAll("[\\[\\]]", "");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static UsageException wrong(String where, String text, String expected) {
    String shown = text.replaceAll("//.*@", "//***@");
    return new UsageException("%s: \"%s\": %s".formatted(where, shown, expected));
  }
}
