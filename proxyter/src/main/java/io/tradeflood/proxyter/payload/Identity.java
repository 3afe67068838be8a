package io.tradeflood.proxyter.payload;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Who asks: a payload and a secret, as they travel in the place of credentials. Written out, the
 * secret is left out.
 *
 * <p>The first colon ends the payload, as it ends the user name in Basic credentials; a colon
 * inside a payload is written {@code %3A} there.
 *
 * @param payload the text of the payload, unread
 * @param secret the client's secret; empty if it sent none
 */
public record Identity(String payload, String secret) {

  /**
   * Reads the value of a {@code Proxy-Authorization} header, in any of three schemes that mean the
   * same: {@code Basic base64(payload:secret)}, {@code Bearer base64url(payload:secret)} and {@code
   * Proxyter payload;secret=...}.
   *
   * @throws PayloadException if it is none of them
   */
  public static Identity ofHeader(String value) {
    int space = value.indexOf(' ');
    String scheme = (space < 0 ? value : value.substring(0, space)).toLowerCase(Locale.ROOT);
    String rest = space < 0 ? "" : value.substring(space + 1).strip();
    return switch (scheme) {
      case "basic" -> decoded(Base64.getDecoder(), rest, "Basic");
      case "bearer" -> decoded(Base64.getUrlDecoder(), rest, "Bearer");
      case "proxyter" -> plain(rest);
      default ->
          throw new PayloadException(
              "Proxy-Authorization has none of the schemes Basic, Bearer, Proxyter");
    };
  }

  private static Identity decoded(Base64.Decoder decoder, String text, String scheme) {
    try {
      String pair = new String(decoder.decode(text), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? new Identity(pair, "")
          : new Identity(pair.substring(0, colon), pair.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      throw new PayloadException(
          "Proxy-Authorization %s is not base64 of payload:secret".formatted(scheme));
    }
  }

  private static Identity plain(String text) {
    int semicolon = text.indexOf(';');
    if (semicolon < 0) return new Identity(text, "");
    String rest = text.substring(semicolon + 1).strip();
    if (!rest.startsWith("secret="))
      throw new PayloadException("Proxy-Authorization Proxyter is not PAYLOAD;secret=SECRET");
    return new Identity(text.substring(0, semicolon).strip(), rest.substring("secret=".length()));
  }

  @Override
  public String toString() {
    return payload + ":***";
  }
}
