package io.tradeflood.proxyter.admin;

import static io.tradeflood.proxyter.admin.Endpoint.get;
import static io.tradeflood.proxyter.admin.Endpoint.of;

import io.tradeflood.proxyter.admin.Answers.Accepted;
import io.tradeflood.proxyter.admin.Answers.Imported;
import io.tradeflood.proxyter.admin.Answers.Proxies;
import io.tradeflood.proxyter.admin.Answers.ProxyDetail;
import io.tradeflood.proxyter.admin.Answers.ProxyItem;
import io.tradeflood.proxyter.admin.Answers.Removed;
import io.tradeflood.proxyter.admin.Documents.ProxyDocument;
import io.tradeflood.proxyter.admin.Endpoint.Outcome;
import io.tradeflood.proxyter.config.Configuration;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.SettingsReader;
import io.tradeflood.proxyter.event.Event;
import io.tradeflood.proxyter.health.HealthSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Proxies: to see, add, change, take out and remove them. */
final class ProxyEndpoints {
  private static final Duration USUAL_DRAIN = Duration.ofSeconds(30);
  private static final int IMPORT_BYTES = 8 << 20;
  private static final int EVENTS = 20;

  private final Parts parts;
  private final Looks looks;
  private final Section section;

  ProxyEndpoints(Parts parts, Looks looks) {
    this.parts = parts;
    this.looks = looks;
    this.section = new Section(parts.configuration(), "proxies", "proxy");
  }

  List<Endpoint> endpoints() {
    String groups =
        "also add it to these groups, by comma; main has all proxies unless it names some";
    Map<Integer, Outcome> putOutcomes =
        Map.of(
            200, new Outcome("replaced", ProxyItem.class),
            201, new Outcome("added", ProxyItem.class));
    return List.of(
        get("/v1/proxies", "All proxies with their state", Proxies.class, this::list)
            .with("tag", "string", "only those that carry the tag")
            .with("state", "string", "only those in the state"),
        of("POST", "/v1/proxies", "Adds a proxy", ProxyItem.class, this::add)
            .taking(ProxyDocument.class)
            .with("groups", "string", groups)
            .with("persist", "boolean", "whether it is kept over a restart")
            .giving(putOutcomes),
        of(
                "POST",
                "/v1/proxies:import",
                "Adds proxies of a list, a line each",
                Imported.class,
                this::importLines)
            .taking(Map.of("text/plain", String.class))
            .upTo(IMPORT_BYTES)
            .with("groups", "string", groups)
            .with("skip", "boolean", "leave out lines that cannot be read, rather than all")
            .with("persist", "boolean", "whether they are kept over a restart"),
        get("/v1/proxies/{id}", "A proxy with its state", ProxyItem.class, this::one),
        of("PUT", "/v1/proxies/{id}", "Adds or replaces a proxy", ProxyItem.class, this::put)
            .taking(ProxyDocument.class)
            .with("groups", "string", groups)
            .with("persist", "boolean", "whether it is kept over a restart")
            .giving(putOutcomes),
        of("PATCH", "/v1/proxies/{id}", "Changes what is given", ProxyItem.class, this::patch)
            .taking(
                Map.of(
                    Reply.JSON,
                    ProxyDocument.class,
                    "application/merge-patch+json",
                    ProxyDocument.class))
            .with("persist", "boolean", "whether it is kept over a restart"),
        of(
                "DELETE",
                "/v1/proxies/{id}",
                "Removes a proxy, also from its groups",
                Removed.class,
                this::delete)
            .with("drain", "string", "so long at most for its open tunnels, such as 30s")
            .with("persist", "boolean", "whether that is kept over a restart")
            .giving(
                Map.of(
                    200,
                        new Outcome(
                            "removed; its tunnels go on as long as drain.removed lets them",
                            Removed.class),
                    202,
                        new Outcome(
                            "removed; its tunnels go on for so long at most", Removed.class))),
        get(
            "/v1/proxies/{id}/state",
            "All that is known of a proxy",
            ProxyDetail.class,
            this::detail),
        of(
                "POST",
                "/v1/proxies/{id}:enable",
                "Uses a proxy, and forgives it what was seen",
                ProxyItem.class,
                this::enable)
            .with("persist", "boolean", "whether that is kept over a restart"),
        of(
                "POST",
                "/v1/proxies/{id}:disable",
                "Gives it no new tunnels",
                ProxyItem.class,
                this::disable)
            .with("persist", "boolean", "whether that is kept over a restart"),
        of(
                "POST",
                "/v1/proxies/{id}:drain",
                "Gives it no new tunnels and closes what is left at the end",
                Accepted.class,
                this::drain)
            .with("for", "string", "so long at most, such as 30s")
            .with("persist", "boolean", "whether that is kept over a restart")
            .giving(
                Map.of(
                    202, new Outcome("begun; the event proxy.drained ends it", Accepted.class))));
  }

  private Reply list(Call call) {
    Configuration.State state = parts.configuration().state();
    Optional<String> tag = call.parameter("tag");
    Optional<String> word = call.parameter("state");
    Looks.Pool pool = looks.pool();
    List<ProxyItem> items =
        state.settings().proxies().values().stream()
            .filter(p -> tag.isEmpty() || p.tags().contains(tag.get()))
            .map(p -> item(state, p.id(), pool))
            .filter(item -> word.isEmpty() || item.state().state().equals(word.get()))
            .toList();
    return Reply.json(200, new Proxies(state.revision(), items), state.revision());
  }

  private ProxyItem item(Configuration.State state, String id, Looks.Pool pool) {
    return new ProxyItem(id, section.shown(state, id), pool.state(id));
  }

  private Reply one(Call call) {
    return shown(200, existing(call));
  }

  private String existing(Call call) {
    String id = call.place("id");
    if (!parts.settings().proxies().containsKey(id)) throw section.unknown(id);
    return id;
  }

  private Reply.Whole shown(int status, String id) {
    Configuration.State state = parts.configuration().state();
    if (!state.settings().proxies().containsKey(id)) throw section.unknown(id);
    return Reply.json(status, item(state, id, looks.pool()), state.revision());
  }

  private Reply add(Call call) {
    Map<String, Object> document = call.object();
    Object own = document.get("id");
    String id =
        own != null
            ? String.valueOf(own)
            : SettingsReader.idOf(String.valueOf(document.getOrDefault("url", "")));
    Configuration.State before = parts.configuration().state();
    if (before.settings().proxies().containsKey(id) && !isSame(before, id, document))
      throw Problem.of(
          409, "proxy '%s' is there already: PUT /v1/proxies/%s replaces it".formatted(id, id));
    return putIn(call, id, document);
  }

  private static boolean isSame(
      Configuration.State state, String id, Map<String, Object> document) {
    var given = new LinkedHashMap<>(document);
    given.remove("id");
    return Secrets.section(Secrets.section(state.effective(), "proxies"), id).equals(given);
  }

  private Reply put(Call call) {
    return putIn(call, call.place("id"), call.object());
  }

  private Reply putIn(Call call, String id, Map<String, Object> document) {
    boolean fresh = !parts.settings().proxies().containsKey(id);
    List<String> groups = call.parameters("groups");
    if (groups.isEmpty()) {
      var unused = section.put(call, id, document);
    } else {
      var unused =
          section.change(
              call,
              tree -> {
                var proxies = new LinkedHashMap<>(Secrets.section(tree, "proxies"));
                Map<String, Object> old = Secrets.section(proxies, id);
                if (call.onlyNew() && !old.isEmpty())
                  throw Problem.of(412, "proxy '%s' is there already".formatted(id));
                var next = new LinkedHashMap<>(Secrets.restoredEntry("proxies", id, document, old));
                next.remove("id");
                proxies.put(id, next);
                tree.put("proxies", proxies);
                return Memberships.with(tree, groups, List.of(id));
              });
    }
    Reply.Whole reply = shown(fresh ? 201 : 200, id);
    return fresh ? reply.with("location", "/v1/proxies/" + id) : reply;
  }

  private Reply patch(Call call) {
    String id = existing(call);
    var unused = section.patch(call, id, call.object());
    return shown(200, id);
  }

  private Reply delete(Call call) {
    String id = existing(call);
    Optional<Duration> drain = call.parameter("drain").map(d -> Lengths.parameter("drain", d));
    Configuration.State state = section.change(call, tree -> removed(tree, id));
    // Otherwise as long as the configuration says of proxies that are gone.
    drain.ifPresent(longest -> parts.drains().drain(id, longest));
    return Reply.json(
        drain.isPresent() ? 202 : 200,
        new Removed(state.revision(), id, drain.isPresent(), state.settings().warnings()),
        state.revision());
  }

  private Map<String, Object> removed(Map<String, Object> tree, String id) {
    var proxies = new LinkedHashMap<>(Secrets.section(tree, "proxies"));
    if (proxies.remove(id) == null) throw section.unknown(id);
    tree.put("proxies", proxies);
    return Memberships.without(tree, id);
  }

  private Reply importLines(Call call) {
    ProxyLines lines = ProxyLines.read(call.text());
    boolean skip = call.flag("skip", false);
    if (!lines.problems().isEmpty() && !skip)
      throw Problem.of(
          422,
          "%d lines are no proxies: mend them, or leave them out with skip=true"
              .formatted(lines.problems().size()),
          lines.problems().stream().limit(100).toList());
    if (lines.entries().isEmpty())
      throw Problem.of(
          422,
          "there is no proxy in the body: expected lines such as http://USER:PASSWORD@HOST:PORT");
    var added = new ArrayList<String>();
    var changed = new ArrayList<String>();
    var unchanged = new ArrayList<String>();
    Configuration.State state =
        section.change(
            call,
            tree -> {
              var proxies = new LinkedHashMap<>(Secrets.section(tree, "proxies"));
              lines
                  .entries()
                  .forEach(
                      (id, entry) -> {
                        Map<String, Object> old = Secrets.section(proxies, id);
                        var next = new LinkedHashMap<>(old);
                        next.putAll(entry);
                        (old.isEmpty() ? added : next.equals(old) ? unchanged : changed).add(id);
                        proxies.put(id, next);
                      });
              tree.put("proxies", proxies);
              return Memberships.with(
                  tree, call.parameters("groups"), List.copyOf(lines.entries().keySet()));
            });
    return Reply.json(
        200,
        new Imported(
            state.revision(),
            added,
            changed,
            unchanged,
            lines.problems().stream().limit(100).toList()),
        state.revision());
  }

  private Reply enable(Call call) {
    String id = existing(call);
    // Said by leaving it out, so that what the file says of the proxy counts again.
    Map<String, Object> patch = new HashMap<>();
    Settings.Proxy proxy = parts.configuration().state().settings().proxies().get(id);
    if (proxy != null && !proxy.enabled()) patch.put("enabled", null);
    var unused = section.patch(call, id, patch);
    parts.watcher().forgive(id);
    return shown(200, id);
  }

  private Reply disable(Call call) {
    String id = existing(call);
    var unused = section.patch(call, id, Map.of("enabled", false));
    return shown(200, id);
  }

  private Reply drain(Call call) {
    String id = existing(call);
    Duration longest =
        call.parameter("for").map(f -> Lengths.parameter("for", f)).orElse(USUAL_DRAIN);
    Configuration.State state = section.patch(call, id, Map.of("enabled", false));
    parts.drains().drain(id, longest);
    return Reply.json(202, new Accepted(id, "draining"), state.revision());
  }

  private Reply detail(Call call) {
    String id = existing(call);
    HealthSnapshot health = parts.watcher().snapshot();
    List<Event> about =
        parts.journal().after(0, Integer.MAX_VALUE).reversed().stream()
            .filter(event -> event.proxy().filter(p -> p.id().equals(id)).isPresent())
            .limit(EVENTS)
            .toList();
    return Reply.json(
        new ProxyDetail(
            id,
            looks.pool().state(id),
            health.pairs().stream().filter(p -> p.proxy().equals(id)).map(Looks::pair).toList(),
            looks.limits().stream().filter(l -> isOf(l.scope(), id)).toList(),
            parts.watcher().stats().attempts().getOrDefault(id, Map.of()),
            about));
  }

  private static boolean isOf(String scope, String id) {
    return scope.equals("proxy:" + id) || scope.startsWith("proxy:" + id + "@");
  }
}
