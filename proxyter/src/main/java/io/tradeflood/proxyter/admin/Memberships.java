package io.tradeflood.proxyter.admin;

import io.tradeflood.proxyter.config.SettingsReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Which groups name which proxies, in the configuration's document. */
final class Memberships {
  private Memberships() {}

  /**
   * The document with the proxies in the groups; a group that is not there is made. Who has all
   * proxies goes on having all.
   */
  static Map<String, Object> with(
      Map<String, Object> tree, List<String> groups, List<String> proxies) {
    if (groups.isEmpty()) return tree;
    var all = new LinkedHashMap<>(Secrets.section(tree, "groups"));
    boolean unsaid = all.isEmpty();
    for (String group : groups) {
      var entry = new LinkedHashMap<>(Secrets.section(all, group));
      boolean there = unsaid || all.containsKey(group);
      if (there && SettingsReader.hasAll(group, entry::containsKey)) continue;
      var members = new LinkedHashSet<>(list(entry.get("proxies")));
      members.addAll(proxies);
      entry.put("proxies", List.copyOf(members));
      all.put(group, entry);
    }
    if (!all.isEmpty()) tree.put("groups", all);
    return tree;
  }

  /** The document without the proxy in any group. */
  static Map<String, Object> without(Map<String, Object> tree, String proxy) {
    var all = new LinkedHashMap<>(Secrets.section(tree, "groups"));
    all.replaceAll(
        (_, value) -> {
          if (!(value instanceof Map<?, ?> map)) return value;
          Map<String, Object> entry = Secrets.strings(map);
          if (entry.containsKey("proxies")) {
            List<String> members = list(entry.get("proxies"));
            if (members.remove(proxy)) entry.put("proxies", members);
          }
          return entry;
        });
    if (!all.isEmpty()) tree.put("groups", all);
    return tree;
  }

  private static List<String> list(@org.jspecify.annotations.Nullable Object value) {
    var texts = new ArrayList<String>();
    if (value instanceof List<?> list) list.forEach(each -> texts.add(String.valueOf(each)));
    else if (value != null) texts.add(String.valueOf(value));
    return texts;
  }
}
