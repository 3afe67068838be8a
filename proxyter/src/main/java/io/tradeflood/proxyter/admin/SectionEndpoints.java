package io.tradeflood.proxyter.admin;

import static io.tradeflood.proxyter.admin.Endpoint.get;
import static io.tradeflood.proxyter.admin.Endpoint.of;

import io.tradeflood.proxyter.admin.Answers.Removed;
import io.tradeflood.proxyter.admin.Endpoint.Outcome;
import io.tradeflood.proxyter.config.Configuration;
import io.tradeflood.proxyter.config.Settings;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A section of the configuration as a collection of things that are listed, read, put, changed and
 * removed, each with what is seen of it.
 *
 * @param <T> one of it as it comes out
 */
final class SectionEndpoints<T> {
  private final Parts parts;
  private final Section section;
  private final String path;
  private final String thing;
  private final Shape shape;
  private final Function<Settings, Set<String>> ids;
  private final Function<Configuration.State, Show<T>> looking;
  private final BiFunction<Long, List<T>, Object> whole;

  /** What goes in and comes out. */
  record Shape(Type document, Type item, Type list) {}

  /** Makes one of it of its id and document. */
  interface Show<T> {
    T of(String id, Map<String, Object> document);
  }

  /**
   * @param name of the section
   * @param thing one of it
   * @param ids all that are in force, declared or not
   * @param looking looks once, then shows each
   * @param whole makes the list
   */
  SectionEndpoints(
      Parts parts,
      String name,
      String thing,
      Shape shape,
      Function<Settings, Set<String>> ids,
      Function<Configuration.State, Show<T>> looking,
      BiFunction<Long, List<T>, Object> whole) {
    this.parts = parts;
    this.section = new Section(parts.configuration(), name, thing);
    this.path = "/v1/" + name;
    this.thing = thing;
    this.shape = shape;
    this.ids = ids;
    this.looking = looking;
    this.whole = whole;
  }

  List<Endpoint> endpoints() {
    String one = path + "/{id}";
    String persist = "whether that is kept over a restart";
    return List.of(
        get(path, "Every " + thing, shape.list(), this::list),
        get(one, "One " + thing, shape.item(), this::one),
        of("PUT", one, "Adds or replaces a " + thing, shape.item(), this::put)
            .taking(shape.document())
            .with("persist", "boolean", persist)
            .giving(
                Map.of(
                    200, new Outcome("replaced", shape.item()),
                    201, new Outcome("added", shape.item()))),
        of("PATCH", one, "Changes what is given of a " + thing, shape.item(), this::patch)
            .taking(
                Map.of(
                    Reply.JSON, shape.document(), "application/merge-patch+json", shape.document()))
            .with("persist", "boolean", persist),
        of("DELETE", one, "Removes a " + thing, Removed.class, this::delete)
            .with("persist", "boolean", persist));
  }

  private Reply list(Call call) {
    Configuration.State state = parts.configuration().state();
    Show<T> show = looking.apply(state);
    List<T> items =
        ids.apply(state.settings()).stream()
            .map(id -> show.of(id, section.shown(state, id)))
            .toList();
    return Reply.json(200, whole.apply(state.revision(), items), state.revision());
  }

  private Reply one(Call call) {
    return shown(200, call.place("id"));
  }

  private Reply.Whole shown(int status, String id) {
    Configuration.State state = parts.configuration().state();
    if (!ids.apply(state.settings()).contains(id)) throw section.unknown(id);
    return Reply.json(
        status, looking.apply(state).of(id, section.shown(state, id)), state.revision());
  }

  private Reply put(Call call) {
    String id = call.place("id");
    boolean fresh = !section.declares(parts.configuration().state(), id);
    var unused = section.put(call, id, call.object());
    return shown(fresh ? 201 : 200, id);
  }

  private Reply patch(Call call) {
    String id = call.place("id");
    Configuration.State state = parts.configuration().state();
    if (!ids.apply(state.settings()).contains(id)) throw section.unknown(id);
    var unused = section.patch(call, id, call.object());
    return shown(200, id);
  }

  private Reply delete(Call call) {
    String id = call.place("id");
    Configuration.State state = section.remove(call, id);
    return Reply.json(
        200,
        new Removed(state.revision(), id, false, state.settings().warnings()),
        state.revision());
  }
}
