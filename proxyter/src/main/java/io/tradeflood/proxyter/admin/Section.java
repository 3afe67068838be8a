package io.tradeflood.proxyter.admin;

import io.tradeflood.proxyter.config.Configuration;
import io.tradeflood.proxyter.config.SettingsException;
import io.tradeflood.proxyter.config.SettingsReader;
import io.tradeflood.proxyter.config.StaleRevisionException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** A section of the configuration whose entries are changed one by one. */
final class Section {
  private static final String GROUPS = "groups";

  private final Configuration configuration;
  private final String name;
  private final String thing;

  /**
   * @param name such as {@code proxies}
   * @param thing one of it, such as {@code proxy}
   */
  Section(Configuration configuration, String name, String thing) {
    this.configuration = configuration;
    this.name = name;
    this.thing = thing;
  }

  /** An entry as it may be shown; empty if it is not declared. */
  Map<String, Object> shown(Configuration.State state, String id) {
    return Secrets.maskedEntry(name, entry(state.effective(), id));
  }

  boolean declares(Configuration.State state, String id) {
    return Secrets.section(state.effective(), name).containsKey(id);
  }

  private Map<String, Object> entry(Map<String, Object> tree, String id) {
    return Secrets.section(Secrets.section(tree, name), id);
  }

  Problem unknown(String id) {
    return Problem.notFound("there is no %s '%s'".formatted(thing, Call.shortened(id)));
  }

  /** Puts a whole entry in place. */
  Configuration.State put(Call call, String id, Map<String, Object> document) {
    return edit(
        call,
        id,
        old -> {
          if (call.onlyNew() && !old.isEmpty())
            throw Problem.of(412, "%s '%s' is there already".formatted(thing, id));
          return Secrets.restoredEntry(name, id, document, old);
        });
  }

  /** Changes what an entry says as RFC 7396 does: what is null goes. */
  Configuration.State patch(Call call, String id, Map<String, Object> patch) {
    return edit(call, id, old -> merged(old, Secrets.restoredEntry(name, id, patch, old)));
  }

  private Configuration.State edit(
      Call call, String id, UnaryOperator<Map<String, Object>> change) {
    return change(
        call,
        tree -> {
          Map<String, Object> section = new LinkedHashMap<>(Secrets.section(tree, name));
          Map<String, Object> next = new LinkedHashMap<>(change.apply(entry(tree, id)));
          Object own = next.remove("id");
          if (own != null && !own.equals(id))
            throw Problem.of(
                422,
                "the body has the id '%s', but the path has '%s': leave it out of the body"
                    .formatted(Call.shortened(String.valueOf(own)), id));
          section.put(id, next);
          tree.put(name, section);
          return tree;
        });
  }

  Configuration.State remove(Call call, String id) {
    return change(
        call,
        tree -> {
          Map<String, Object> section = new LinkedHashMap<>(Secrets.section(tree, name));
          if (section.remove(id) == null) throw unknown(id);
          tree.put(name, section);
          return tree;
        });
  }

  /** Changes the configuration as the call wants it. */
  Configuration.State change(Call call, UnaryOperator<Map<String, Object>> change) {
    return change(
        configuration,
        call.ifMatch(configuration.state().revision()),
        persists(configuration, call),
        tree -> {
          boolean unsaid = Secrets.section(tree, GROUPS).isEmpty();
          return unsaid ? withMain(change.apply(tree)) : change.apply(tree);
        });
  }

  /** The first groups that are declared take nothing from the one that was there unsaid. */
  private static Map<String, Object> withMain(Map<String, Object> tree) {
    Map<String, Object> groups = Secrets.section(tree, GROUPS);
    if (groups.isEmpty() || groups.containsKey(SettingsReader.MAIN)) return tree;
    var all = new LinkedHashMap<String, Object>();
    all.put(SettingsReader.MAIN, Map.of());
    all.putAll(groups);
    tree.put(GROUPS, all);
    return tree;
  }

  static Configuration.State change(
      Configuration configuration,
      OptionalLong ifRevision,
      boolean persist,
      UnaryOperator<Map<String, Object>> change) {
    try {
      return configuration.change(ifRevision, persist, change);
    } catch (StaleRevisionException e) {
      throw Problem.of(412, String.valueOf(e.getMessage())).with("etag", Call.etag(e.running()));
    } catch (SettingsException e) {
      throw refused(e);
    }
  }

  /** Changes are kept over a restart where they can be, unless that is not wanted. */
  static boolean persists(Configuration configuration, Call call) {
    return call.flag("persist", configuration.state().settings().stateFolder().isPresent());
  }

  static Problem refused(SettingsException e) {
    return Problem.of(
        422,
        e.problems().size() == 1
            ? e.problems().getFirst()
            : "the configuration would have %d problems".formatted(e.problems().size()),
        e.problems());
  }

  private static Map<String, Object> merged(Map<String, Object> base, Map<String, Object> patch) {
    var merged = new LinkedHashMap<>(base);
    for (Map.Entry<String, Object> part : patch.entrySet()) {
      Object value = part.getValue();
      if (value == null) merged.remove(part.getKey());
      else if (value instanceof Map<?, ?> inner)
        merged.put(
            part.getKey(), merged(Secrets.section(merged, part.getKey()), Secrets.strings(inner)));
      else merged.put(part.getKey(), value);
    }
    return merged;
  }
}
