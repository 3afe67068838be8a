package io.tradeflood.net;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer by HTTP, whole and unread; its body is not to be changed.
 *
 * @param status the HTTP status
 * @param headers by name in small letters
 * @param body decompressed
 * @param sent when the request left, by this machine's clock
 * @param received when the body was whole, by this machine's clock
 */
public record HttpReply(
    int status, Map<String, List<String>> headers, byte[] body, Instant sent, Instant received) {

  /** The first header of the name, whatever its case. */
  public Optional<String> header(String name) {
    var values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? Optional.empty() : values.stream().findFirst();
  }
}
