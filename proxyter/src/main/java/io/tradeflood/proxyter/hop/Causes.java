package io.tradeflood.proxyter.hop;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What exceptions of connections mean, in words for people who know no Java. */
public final class Causes {
  private static final String NOT_TRUSTED = "has a certificate that is not trusted";
  private static final int DEEPEST = 8;
  private static final Pattern CALL =
      Pattern.compile("[A-Za-z]+\\(\\.\\.\\) failed(?: with error\\([^)]*\\))?: ");
  private static final Pattern ALERT = Pattern.compile("received fatal alert: ([a-z_]+)");

  private Causes() {}

  /** What the other side did, such as {@code refused the connection}. */
  public static String inWords(@Nullable Throwable cause) {
    String text = texts(cause);
    boolean tls = isAny(cause, SSLException.class);
    if (text.contains("pkix")
        || text.contains("trust anchor")
        || text.contains("certification path"))
      return text.contains("expired") || text.contains("validity check failed")
          ? "has a certificate that has expired, or is not valid yet"
          : NOT_TRUSTED;
    if (text.contains("certificate expired") || text.contains("notafter"))
      return "has a certificate that has expired, or is not valid yet";
    if (text.contains("subject alternative") || text.contains("no name matching"))
      return "has a certificate for another name";
    Matcher alert = ALERT.matcher(text);
    if (alert.find()) return "ended TLS with the alert " + alert.group(1);
    if (text.contains("not an ssl/tls record")
        || text.contains("unrecognized ssl message")
        || text.contains("plaintext connection")) return "does not speak TLS";
    if (text.contains("refused")) return "refused the connection";
    if (text.contains("reset") || text.contains("broken pipe")) return "broke off the connection";
    if (text.contains("timed out") || isAny(cause, HttpTimeoutException.class))
      return "did not answer in time";
    if (text.contains("no route to host") || text.contains("unreachable"))
      return "cannot be reached: no way leads there from here";
    if (isAny(cause, UnknownHostException.class) || isAny(cause, UnresolvedAddressException.class))
      return "has a name that is not known";
    if (isAny(cause, ClosedChannelException.class)
        || isAny(cause, EOFException.class)
        || text.contains("closed")) return "closed the connection";
    if (isAny(cause, ConnectException.class) && reason(cause).isEmpty())
      return "refused the connection";
    return (tls ? "failed in TLS: " : "failed: ") + reason(cause);
  }

  /**
   * What a proxy did when TLS was begun with it, with what to do about it.
   *
   * @param proxy its id
   */
  public static String ofTls(@Nullable Throwable cause, String proxy) {
    String words = inWords(cause);
    return words.equals(NOT_TRUSTED)
        ? words + ": give that of its issuer, a PEM file, as trust of the proxy " + proxy
        : words;
  }

  /** What an exception says, in one line and without the address and the call. */
  public static String reason(@Nullable Throwable cause) {
    String text = cause == null || cause.getMessage() == null ? "" : cause.getMessage();
    int colon = text.indexOf(": /");
    String line = (colon < 0 ? text : text.substring(0, colon)).lines().findFirst().orElse("");
    return CALL.matcher(line).replaceFirst("");
  }

  private static String texts(@Nullable Throwable cause) {
    var all = new StringBuilder();
    Throwable each = cause;
    for (int i = 0; each != null && i < DEEPEST; i++, each = each.getCause())
      all.append(each.getMessage()).append('\n');
    return all.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean isAny(@Nullable Throwable cause, Class<? extends Throwable> type) {
    Throwable each = cause;
    for (int i = 0; each != null && i < DEEPEST; i++, each = each.getCause())
      if (type.isInstance(each)) return true;
    return false;
  }
}
