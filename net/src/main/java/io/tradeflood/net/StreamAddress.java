package io.tradeflood.net;

import io.tradeflood.net.StreamWire.Opening;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where a stream is opened.
 *
 * @param address whom it is for
 * @param target path and query, encoded
 * @param lines whether it is plain HTTP
 */
record StreamAddress(Address address, String target, boolean lines) {
  private static final Pattern QUERY = Pattern.compile("([?&])([^=&]*)=([^&]*)");

  /**
   * @throws IllegalArgumentException if the address is none; the message is a whole line
   */
  static StreamAddress of(Opening opening) {
    var context = opening.context();
    var own = address(opening.url(), context.hostName());
    var address =
        context
            .host()
            .map(host -> address(host.toString(), context.hostName()).inPlaceOf(own))
            .orElse(own);
    String path = opening.path();
    int query = path.indexOf('?');
    String target =
        address.path()
            + (query < 0 ? UrlText.path(path) : UrlText.path(path.substring(0, query)))
            + (query < 0 ? "" : path.substring(query));
    return new StreamAddress(
        address, target.startsWith("/") ? target : "/" + target, opening.lines());
  }

  private static Address address(String url, String hostName) {
    String plain = url.replaceFirst("(?i)^wss:", "https:").replaceFirst("(?i)^ws:", "http:");
    return Address.of(URI.create(plain), hostName);
  }

  /** The whole address, what is secret in it left out. */
  String shown() {
    return this
        + QUERY
            .matcher(target)
            .replaceAll(
                found ->
                    java.util.regex.Matcher.quoteReplacement(
                        found.group(1)
                            + found.group(2)
                            + "="
                            + (UrlText.isSecret(found.group(2)) ? "***" : found.group(3))));
  }

  /** Scheme, host and port. */
  @Override
  public String toString() {
    String scheme = lines ? "http" : "ws";
    return scheme + (address.secure() ? "s://" : "://") + address.authority();
  }
}
