package io.tradeflood.proxyter.admin;

import io.tradeflood.proxyter.admin.Call.Caller;
import io.tradeflood.proxyter.admin.Endpoint.Access;
import io.tradeflood.proxyter.config.Settings;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets callers in. With a token, whoever has it is an operator. Without one, whoever is on this
 * machine is, and then a page of the web that runs in a browser here must not pass for a person: it
 * cannot hide under which name it reached us, nor where it comes from.
 */
final class Gate {
  private static final String BEARER = "bearer ";

  private final Supplier<Settings> settings;

  Gate(Supplier<Settings> settings) {
    this.settings = settings;
  }

  /**
   * Who asks.
   *
   * @param from the address it comes from
   * @throws Problem 401 or 403
   */
  Caller enter(
      Access access, String method, InetAddress from, Function<String, Optional<String>> header) {
    Settings now = settings.get();
    boolean open = now.admin().token().isEmpty();
    if (open) onlyFromHere(method, from, header);
    if (access == Access.ANYBODY) return new Caller.Nobody();
    Caller caller = caller(now, header);
    if (open && caller instanceof Caller.Nobody) caller = new Caller.Operator();
    boolean mayEnter =
        switch (access) {
          case ANYBODY -> true;
          case CLIENT -> !(caller instanceof Caller.Nobody);
          case OPERATOR -> caller instanceof Caller.Operator;
        };
    if (mayEnter) return caller;
    if (caller instanceof Caller.Client)
      throw Problem.of(403, "a client's secret is good for feedback and its own leases only");
    throw Problem.of(
            401, "this needs the header Authorization: Bearer TOKEN with the token of admin.token")
        .with("www-authenticate", "Bearer realm=\"proxyter\"");
  }

  /** Every secret is compared, so the time tells nothing. */
  private static Caller caller(Settings now, Function<String, Optional<String>> header) {
    Optional<String> given = header.apply("authorization");
    if (given.isEmpty()) return new Caller.Nobody();
    String value = given.get();
    if (!value.toLowerCase(Locale.ROOT).startsWith(BEARER)) return wrong();
    byte[] secret = value.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
    Caller found = null;
    for (Settings.Client client : now.clients().values())
      if (is(secret, client.secret())) found = new Caller.Client(client.name());
    if (now.admin().token().filter(token -> is(secret, token)).isPresent())
      found = new Caller.Operator();
    return found == null ? wrong() : found;
  }

  private static Caller wrong() {
    throw Problem.of(
            401, "Authorization is not Bearer with the token of admin.token or a client's secret")
        .with("www-authenticate", "Bearer realm=\"proxyter\", error=\"invalid_token\"");
  }

  private static boolean is(byte[] given, String secret) {
    return MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), given);
  }

  private static void onlyFromHere(
      String method, InetAddress from, Function<String, Optional<String>> header) {
    if (!from.isLoopbackAddress())
      throw Problem.of(403, "without admin.token only this machine may come in: set a token");
    String host = header.apply("host").orElse("");
    if (!isHere(host))
      throw Problem.of(
          403,
          "the host '%s' is no name of this machine: use 127.0.0.1, or set admin.token"
              .formatted(Call.shortened(host)));
    if (method.equals("GET") || method.equals("HEAD")) return;
    Optional<String> origin = header.apply("origin");
    boolean foreign =
        origin.isPresent() && !origin.get().equalsIgnoreCase("http://" + host)
            || header.apply("sec-fetch-site").filter(s -> s.equals("cross-site")).isPresent();
    if (foreign)
      throw Problem.of(403, "a page of another site asks: only this page may, or set admin.token");
  }

  /** Whether a {@code Host} header names this machine, whatever the port. */
  static boolean isHere(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[")) return name.matches("\\[::1](:[0-9]{1,5})?");
    int colon = name.indexOf(':');
    if (colon >= 0) {
      if (!name.substring(colon + 1).matches("[0-9]{1,5}")) return false;
      name = name.substring(0, colon);
    }
    return name.equals("localhost") || name.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
  }
}
