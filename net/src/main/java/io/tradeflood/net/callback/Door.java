package io.tradeflood.net.callback;

import io.tradeflood.net.json.Payload;
import io.tradeflood.net.json.UnexpectedJsonException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Lets in what a connector's rules let in, each post once. Used by many threads. */
final class Door {
  private static final int MOST_KEYS = 100_000;

  private final CallbackConnector connector;
  private final CallbackRules rules;

  /** Guards the keys. */
  private final ReentrantLock lock = new ReentrantLock();

  /** When each was first seen, oldest first. */
  private final Map<String, Instant> keys = new LinkedHashMap<>();

  /** What becomes of a post; the status is what its sender is told. */
  enum Verdict {
    WELCOME(200, "it is taken"),
    KNOWN(200, "it has been taken before"),
    STRANGER(403, "its sender is none of those whose posts are taken"),
    SECRET(403, "its secret is missing or wrong"),
    TOO_LONG(413, "its body is too long"),
    UNSIGNED(401, "its signature is missing or wrong"),
    LATE(400, "its time is missing, or too far from this machine's");

    private final int status;
    private final String words;

    Verdict(int status, String words) {
      this.status = status;
      this.words = words;
    }

    int status() {
      return status;
    }

    /** Why, for the log. */
    String words() {
      return words;
    }
  }

  Door(CallbackConnector connector) {
    this.connector = connector;
    rules = connector.callbackRules();
    rules.pathSecret().ifPresent(this::setting);
    rules.bodySecret().ifPresent(secret -> setting(secret.setting()));
    rules.signature().ifPresent(signature -> setting(signature.setting()));
  }

  CallbackRules rules() {
    return rules;
  }

  private String setting(String name) {
    return connector
        .context()
        .settings()
        .get(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Callbacks of %s need the setting %s, which is a secret of your choice or the exchange's"
                        .formatted(connector.context().hostName(), name)));
  }

  Verdict judge(Post post) {
    if (!rules.senders().isEmpty() && !rules.senders().contains(post.sender()))
      return Verdict.STRANGER;
    if (post.body().length > rules.bodyLimit()) return Verdict.TOO_LONG;
    if (rules.pathSecret().isPresent()
        && !same(post.secret().orElse(""), setting(rules.pathSecret().get())))
      return Verdict.SECRET;
    if (rules.pathSecret().isEmpty() && post.secret().isPresent()) return Verdict.SECRET;
    if (rules.signature().isPresent()) {
      var verdict = judge(post, rules.signature().get());
      if (verdict != Verdict.WELCOME) return verdict;
    }
    if (rules.bodySecret().isPresent() && !has(post.body(), rules.bodySecret().get()))
      return Verdict.SECRET;
    return isKnown(post) ? Verdict.KNOWN : Verdict.WELCOME;
  }

  private Verdict judge(Post post, CallbackRules.Signature rule) {
    String time = rule.timeHeader().map(header -> header(post, header)).orElse("");
    byte[] signed = post.body();
    if (rule.timeHeader().isPresent()) {
      byte[] begin = (time + ".").getBytes(StandardCharsets.UTF_8);
      signed = new byte[begin.length + post.body().length];
      System.arraycopy(begin, 0, signed, 0, begin.length);
      System.arraycopy(post.body(), 0, signed, begin.length, post.body().length);
    }
    byte[] mac = mac(setting(rule.setting()), signed);
    String wanted =
        rule.base64() ? Base64.getEncoder().encodeToString(mac) : HexFormat.of().formatHex(mac);
    String given = header(post, rule.header()).replaceFirst("^sha256=", "");
    if (!same(rule.base64() ? given : given.toLowerCase(java.util.Locale.ROOT), wanted))
      return Verdict.UNSIGNED;
    if (rule.timeHeader().isPresent() && !isNear(time, post.received(), rule.tolerance()))
      return Verdict.LATE;
    return Verdict.WELCOME;
  }

  private static boolean isNear(String time, Instant now, Duration tolerance) {
    if (!time.matches("[0-9]{1,13}")) return false;
    long number = Long.parseLong(time);
    var told = time.length() > 11 ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
    return Duration.between(told, now).abs().compareTo(tolerance) <= 0;
  }

  private static String header(Post post, String name) {
    return post.headers().getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
  }

  private static byte[] mac(String key, byte[] signed) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK knows HmacSHA256", e);
    }
  }

  private boolean has(byte[] body, CallbackRules.BodySecret secret) {
    try {
      String given = Payload.of(body).text(secret.field()).orElse("");
      return same(given, setting(secret.setting()));
    } catch (UnexpectedJsonException _) {
      return false;
    }
  }

  /** As long for any pair of texts, so that nothing can be learned from it. */
  private static boolean same(String given, String wanted) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<String> key(Post post) {
    try {
      return connector.keyOf(post.body());
    } catch (RuntimeException _) {
      return Optional.empty(); // whoever reads it says what is wrong with it
    }
  }

  /** It could not be taken: it may come once more. */
  void forget(Post post) {
    lock.lock();
    try {
      key(post).ifPresent(keys::remove);
    } finally {
      lock.unlock();
    }
  }

  private boolean isKnown(Post post) {
    var key = key(post);
    if (key.isEmpty()) return false;
    lock.lock();
    try {
      var oldest = post.received().minus(rules.memory());
      var each = keys.entrySet().iterator();
      while (each.hasNext()) {
        var seen = each.next();
        if (keys.size() < MOST_KEYS && !seen.getValue().isBefore(oldest)) break;
        each.remove();
      }
      return keys.putIfAbsent(key.get(), post.received()) != null;
    } finally {
      lock.unlock();
    }
  }
}
