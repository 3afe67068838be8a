package io.tradeflood.proxyter.admin;

import io.tradeflood.proxyter.config.SettingsReader;
import io.tradeflood.proxyter.config.UpstreamUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list of proxies as vendors hand them out: {@code scheme://user:password@host:port#tag,tag}, or
 * {@code host:port:user:password}, a line each. Empty lines and those that begin with {@code #} say
 * nothing.
 *
 * @param entries what each says, by the proxy's id
 * @param problems why a line is none; never with what stands in it, which may be a password
 */
record ProxyLines(Map<String, Map<String, Object>> entries, List<String> problems) {
  private static final Pattern BY_COLONS =
      Pattern.compile("([^:/@\\s\\[\\]]+):([0-9]{1,5}):([^:/@\\s]+):(\\S+)");

  static ProxyLines read(String text) {
    var entries = new LinkedHashMap<String, Map<String, Object>>();
    var problems = new ArrayList<String>();
    int number = 0;
    for (String line : text.split("\\R", -1)) {
      number++;
      String content = line.strip();
      if (content.isEmpty() || content.startsWith("#")) continue;
      int hash = content.lastIndexOf('#');
      // A password may hold one.
      if (hash < content.lastIndexOf('@')) hash = -1;
      String url = byColons((hash < 0 ? content : content.substring(0, hash)).strip());
      try {
        var unused = UpstreamUrl.parse(url);
        var entry = new LinkedHashMap<String, Object>();
        entry.put("url", url);
        if (hash >= 0) {
          List<String> tags = tags(content.substring(hash + 1));
          if (!tags.isEmpty()) entry.put("tags", tags);
        }
        entries.put(SettingsReader.idOf(url), entry);
      } catch (IllegalArgumentException e) {
        problems.add(
            "line %d is no proxy: expected scheme://user:password@host:port#tag".formatted(number));
      }
    }
    return new ProxyLines(entries, problems);
  }

  private static List<String> tags(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).filter(t -> !t.isEmpty()).toList();
  }

  private static String byColons(String text) {
    Matcher m = BY_COLONS.matcher(text);
    if (!m.matches()) return text;
    return "http://%s:%s@%s:%s"
        .formatted(encoded(m.group(3)), encoded(m.group(4)), m.group(1), m.group(2));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
