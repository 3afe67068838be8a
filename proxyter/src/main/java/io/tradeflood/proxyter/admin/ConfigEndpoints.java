package io.tradeflood.proxyter.admin;

import static io.tradeflood.proxyter.admin.Endpoint.get;
import static io.tradeflood.proxyter.admin.Endpoint.of;

import io.tradeflood.proxyter.admin.Answers.Changes;
import io.tradeflood.proxyter.admin.Answers.Config;
import io.tradeflood.proxyter.admin.Answers.Effective;
import io.tradeflood.proxyter.admin.Answers.Entry;
import io.tradeflood.proxyter.admin.Answers.Valid;
import io.tradeflood.proxyter.config.Configuration;
import io.tradeflood.proxyter.config.Difference;
import io.tradeflood.proxyter.config.SettingsException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** The configuration as a whole. */
final class ConfigEndpoints {
  private static final int BYTES = 8 << 20;
  private static final Map<String, Type> DOCUMENT =
      Map.of(Reply.JSON, Object.class, "application/yaml", String.class);

  private final Configuration configuration;

  ConfigEndpoints(Parts parts) {
    this.configuration = parts.configuration();
  }

  List<Endpoint> endpoints() {
    return List.of(
        get(
                "/v1/config",
                "The file, what was changed while running, and whether the file was refused",
                Config.class,
                this::config)
            .with("effective", "boolean", "the document that is in force instead")
            .giving(Map.of(200, new Endpoint.Outcome("of the file, or in force", Config.class))),
        of(
                "PUT",
                "/v1/config",
                "Changes the document in force to another",
                Changes.class,
                this::replace)
            .taking(DOCUMENT)
            .upTo(BYTES)
            .with("persist", "boolean", "whether that is kept over a restart"),
        of(
                "POST",
                "/v1/config:validate",
                "What a document would change if it were the file's",
                Valid.class,
                this::validate)
            .taking(DOCUMENT)
            .upTo(BYTES),
        of("POST", "/v1/config:reload", "Reads the file again", Changes.class, this::reload),
        get(
            "/v1/config:diff",
            "What was changed while running, beside the file",
            Changes.class,
            this::difference));
  }

  private Reply config(Call call) {
    Configuration.State state = configuration.state();
    if (call.flag("effective", false))
      return Reply.json(
          200,
          new Effective(state.revision(), Secrets.masked(state.effective())),
          state.revision());
    return Reply.json(
        200,
        new Config(
            state.revision(),
            Secrets.masked(state.file()),
            Secrets.masked(state.overlay()),
            state.rejected()),
        state.revision());
  }

  /** JSON is YAML, too, but its errors are told better by its own reader. */
  private static Map<String, Object> document(Call call) {
    boolean yaml = call.contentType().filter(t -> t.equals("application/yaml")).isPresent();
    return yaml ? Json.yaml(call.text()) : Json.object(call.text());
  }

  private Reply replace(Call call) {
    Map<String, Object> given = byId(document(call));
    var before = new Object[1];
    Configuration.State after =
        Section.change(
            configuration,
            call.ifMatch(configuration.state().revision()),
            Section.persists(configuration, call),
            tree -> {
              before[0] = configuration.state().effective();
              return Secrets.restored(given, tree);
            });
    return Reply.json(
        200,
        new Changes(
            after.revision(),
            Entry.of(Difference.between((Map<?, ?>) before[0], after.effective())),
            after.settings().warnings()),
        after.revision());
  }

  /** By id, as secrets are kept by place. */
  private static Map<String, Object> byId(Map<String, Object> given) {
    try {
      return Configuration.byId(given);
    } catch (SettingsException e) {
      throw Section.refused(e);
    }
  }

  private Reply validate(Call call) {
    Map<String, Object> restored =
        Secrets.restored(byId(document(call)), configuration.state().effective());
    try {
      Configuration.Outlook outlook = configuration.validate(Json.text(restored));
      return Reply.json(new Valid(true, Entry.of(outlook.changes()), outlook.warnings()));
    } catch (SettingsException e) {
      throw Section.refused(e);
    }
  }

  private Reply reload(Call call) {
    try {
      Difference difference = configuration.reload();
      Configuration.State after = configuration.state();
      return Reply.json(
          200,
          new Changes(after.revision(), Entry.of(difference), after.settings().warnings()),
          after.revision());
    } catch (SettingsException e) {
      throw Section.refused(e);
    }
  }

  private Reply difference(Call call) {
    Configuration.State state = configuration.state();
    return Reply.json(
        200,
        new Changes(
            state.revision(),
            Entry.of(Difference.between(state.file(), state.effective())),
            state.settings().warnings()),
        state.revision());
  }
}
