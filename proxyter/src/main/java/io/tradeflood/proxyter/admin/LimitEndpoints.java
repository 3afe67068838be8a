package io.tradeflood.proxyter.admin;

import static io.tradeflood.proxyter.admin.Endpoint.get;
import static io.tradeflood.proxyter.admin.Endpoint.of;

import io.tradeflood.proxyter.admin.Answers.LimitItem;
import io.tradeflood.proxyter.admin.Answers.Limits;
import io.tradeflood.proxyter.admin.Documents.LimitsDocument;
import io.tradeflood.proxyter.config.Configuration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Limits by their scope, wherever in the configuration they are declared. */
final class LimitEndpoints {
  private static final Pattern SCOPE =
      Pattern.compile("(client|type|group|proxy):(.+?)(?:@(group|origin):(.+))?");

  /** Where the limits of a scope are declared. */
  private record Place(String section, String id, String key, String prefix) {}

  private final Parts parts;
  private final Looks looks;
  private final Section section;

  LimitEndpoints(Parts parts, Looks looks) {
    this.parts = parts;
    this.looks = looks;
    this.section = new Section(parts.configuration(), "", "scope");
  }

  List<Endpoint> endpoints() {
    String persist = "whether that is kept over a restart";
    return List.of(
        get("/v1/limits", "All limits and how much of each is used", Limits.class, this::list)
            .with("scope", "string", "only scopes that begin so, such as proxy:fr-7"),
        get(
            "/v1/limits/{scope}",
            "The limits of client:NAME, type:TYPE, group:ID, proxy:ID, proxy:*@group:ID or"
                + " proxy:*@origin:NAME",
            LimitItem.class,
            this::one),
        of(
                "PUT",
                "/v1/limits/{scope}",
                "Declares the limits of a scope",
                LimitItem.class,
                this::put)
            .taking(LimitsDocument.class)
            .with("persist", "boolean", persist),
        of(
                "DELETE",
                "/v1/limits/{scope}",
                "Takes the limits of a scope away",
                LimitItem.class,
                this::delete)
            .with("persist", "boolean", persist));
  }

  private Reply list(Call call) {
    Optional<String> scope = call.parameter("scope");
    long revision = parts.configuration().state().revision();
    return Reply.json(
        200,
        new Limits(
            revision,
            looks.limits().stream()
                .filter(l -> scope.isEmpty() || l.scope().startsWith(scope.get()))
                .toList()),
        revision);
  }

  private static Place place(String scope) {
    Matcher m = SCOPE.matcher(scope);
    if (m.matches() && m.group(3) == null) {
      String section =
          switch (m.group(1)) {
            case "client" -> "clients";
            case "type" -> "routes";
            case "group" -> "groups";
            default -> "proxies";
          };
      return new Place(section, m.group(2), "limits", scope);
    }
    if (m.matches() && m.group(1).equals("proxy") && m.group(2).equals("*"))
      return new Place(
          m.group(3).equals("group") ? "groups" : "origins",
          m.group(4),
          "perProxy",
          "@" + m.group(3) + ":" + m.group(4));
    throw Problem.notFound(
        "'%s' is no scope: expected client:NAME, type:TYPE, group:ID, proxy:ID, proxy:*@group:ID or proxy:*@origin:NAME"
            .formatted(Call.shortened(scope)));
  }

  private Reply one(Call call) {
    return shown(call.place("scope"), parts.configuration().state());
  }

  private Reply shown(String scope, Configuration.State state) {
    Place place = place(scope);
    Map<String, Object> entry =
        Secrets.section(Secrets.section(state.effective(), place.section()), place.id());
    if (entry.isEmpty() && !isThere(place)) throw section.unknown(scope);
    boolean exact = place.key().equals("limits");
    return Reply.json(
        200,
        new LimitItem(
            scope,
            Secrets.section(entry, place.key()),
            looks.limits().stream()
                .filter(
                    l ->
                        exact
                            ? l.scope().equals(place.prefix())
                            : l.scope().endsWith(place.prefix()))
                .toList()),
        state.revision());
  }

  private boolean isThere(Place place) {
    var settings = parts.settings();
    return switch (place.section()) {
      case "clients" -> settings.clients().containsKey(place.id());
      case "routes" -> settings.routes().containsKey(place.id());
      case "groups" -> settings.groups().containsKey(place.id());
      case "origins" -> settings.origins().containsKey(place.id());
      default -> settings.proxies().containsKey(place.id());
    };
  }

  private Reply put(Call call) {
    Map<String, Object> document = call.object();
    return changed(
        call,
        entry -> {
          entry.put(place(call.place("scope")).key(), document);
          return entry;
        });
  }

  private Reply delete(Call call) {
    return changed(
        call,
        entry -> {
          entry.remove(place(call.place("scope")).key());
          return entry;
        });
  }

  private Reply changed(Call call, UnaryOperator<Map<String, Object>> change) {
    String scope = call.place("scope");
    Place place = place(scope);
    Configuration.State state =
        section.change(
            call,
            tree -> {
              var entries = new LinkedHashMap<>(Secrets.section(tree, place.section()));
              // A route or a group may be there although nobody declared it.
              if (!entries.containsKey(place.id()) && !isThere(place)) throw section.unknown(scope);
              entries.put(
                  place.id(),
                  change.apply(new LinkedHashMap<>(Secrets.section(entries, place.id()))));
              tree.put(place.section(), entries);
              return tree;
            });
    return shown(scope, state);
  }
}
