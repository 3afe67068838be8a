package io.tradeflood.net;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/** Writes the parts of a URL (RFC 3986) in UTF-8. */
final class UrlText {
  private static final String UNRESERVED = "-._~";
  private static final String PATH = UNRESERVED + "/!$&'()*+,;=:@";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Set<String> SECRETS =
      Set.of("key", "secret", "token", "signature", "passphrase", "password");

  private UrlText() {}

  /** A name or a value behind the question mark. */
  static String query(String text) {
    return encode(text, UNRESERVED, false);
  }

  /** A path; what is encoded already stays as it is. */
  static String path(String text) {
    return encode(text, PATH, true);
  }

  /** Whether a parameter of this name carries what must not be shown. */
  static boolean isSecret(String parameter) {
    String name = parameter.toLowerCase(Locale.ROOT);
    return SECRETS.stream().anyMatch(name::endsWith);
  }

  /** The URL without user and password. */
  static String withoutSecrets(String url) {
    return url.replaceFirst("//[^/?#]*@", "//***@");
  }

  private static String encode(String text, String allowed, boolean encodedStays) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var encoded = new StringBuilder(bytes.length + 16);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      if (isAlphanumeric(c)
          || allowed.indexOf(c) >= 0
          || (encodedStays && c == '%' && isHex(bytes, i + 1) && isHex(bytes, i + 2)))
        encoded.append(c);
      else encoded.append('%').append(HEX.toHexDigits(bytes[i]));
    }
    return encoded.toString();
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isHex(byte[] bytes, int at) {
    return at < bytes.length && HexFormat.isHexDigit(bytes[at]);
  }
}
