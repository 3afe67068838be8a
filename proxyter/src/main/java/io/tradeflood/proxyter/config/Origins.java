package io.tradeflood.proxyter.config;

import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Our names for targets: configured ones, else the domain that somebody could have registered. */
public final class Origins {
  /** Labels under a country's domain that belong to nobody, as in {@code example.co.uk}. */
  private static final Set<String> SHARED =
      Set.of("co", "com", "net", "org", "gov", "edu", "ac", "or", "ne", "go", "gob", "nom", "ltd");

  private record Wildcard(Pattern pattern, String origin) {}

  private final Map<String, String> exact = new HashMap<>();
  private final List<Wildcard> wildcards = new ArrayList<>();

  public Origins(Map<String, Settings.Origin> origins) {
    for (Settings.Origin origin : origins.values())
      for (String host : origin.hosts())
        if (host.indexOf('*') < 0) exact.putIfAbsent(host.toLowerCase(Locale.ROOT), origin.name());
        else wildcards.add(new Wildcard(pattern(host), origin.name()));
  }

  private static Pattern pattern(String host) {
    var regex = new StringBuilder();
    for (String part : host.split("\\*", -1)) {
      if (!regex.isEmpty()) regex.append(".*");
      regex.append(Pattern.quote(part));
    }
    return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
  }

  /** The name for a host in small letters. */
  public String of(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    String known = exact.get(name);
    if (known != null) return known;
    for (Wildcard wildcard : wildcards)
      if (wildcard.pattern().matcher(name).matches()) return wildcard.origin();
    return domain(name);
  }

  private static String domain(String host) {
    if (host.indexOf(':') >= 0 || NetUtil.isValidIpV4Address(host)) return host;
    String[] labels = host.split("\\.");
    int count = labels.length;
    if (count <= 2) return host;
    boolean shared = labels[count - 1].length() == 2 && SHARED.contains(labels[count - 2]);
    return shared
        ? labels[count - 3] + "." + labels[count - 2] + "." + labels[count - 1]
        : labels[count - 2] + "." + labels[count - 1];
  }
}
