package io.tradeflood.proxyter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tradeflood.proxyter.config.Configuration.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  private static final String TWO =
      """
      clients: {me: {secret: s3cret}}
      proxies:
        - {id: fr-7, url: "http://u:hidden@127.0.0.1:1", weight: 2}
        - {id: us-1, url: "http://127.0.0.1:2"}
      groups: {main: {proxies: [fr-7]}, spill: }
      health: {slowStart: 10s}
      """;

  @TempDir Path folder;
  private Path file;
  private Configuration configuration;

  @BeforeEach
  void start() throws IOException {
    file = folder.resolve("proxyter.yaml");
    Files.writeString(file, TWO);
    configuration = Configuration.ofFile(file);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> section(Map<String, Object> document, String name) {
    return (Map<String, Object>) document.computeIfAbsent(name, _ -> new LinkedHashMap<>());
  }

  private static UnaryOperator<Map<String, Object>> adding(String id, String url) {
    return document -> {
      section(document, "proxies").put(id, new LinkedHashMap<>(Map.of("url", url)));
      return document;
    };
  }

  private static UnaryOperator<Map<String, Object>> removing(String id) {
    return document -> {
      section(document, "proxies").remove(id);
      return document;
    };
  }

  private State change(boolean persist, UnaryOperator<Map<String, Object>> change) {
    return configuration.change(OptionalLong.empty(), persist, change);
  }

  @Test
  void theEffectiveDocumentMeansWhatTheFileMeans() {
    State state = configuration.state();
    assertThat(state.settings()).isEqualTo(SettingsReader.read(TWO));
    assertThat(SettingsReader.of(state.effective())).isEqualTo(state.settings());
    assertThat(section(new LinkedHashMap<>(state.file()), "proxies"))
        .containsOnlyKeys("fr-7", "us-1");
    assertThat(state.overlay()).isEmpty();
    assertThat(state.toString()).doesNotContain("hidden", "s3cret");
  }

  @Test
  void aChangeIsLaidOverTheFileAndWinsOverIt() throws IOException {
    State state = change(false, adding("de-2", "http://127.0.0.1:3"));
    assertThat(state.settings().proxies()).containsOnlyKeys("fr-7", "us-1", "de-2");
    assertThat(state.revision()).isEqualTo(2);
    assertThat(state.overlay())
        .isEqualTo(Map.of("proxies", Map.of("de-2", Map.of("url", "http://127.0.0.1:3"))));

    change(false, removing("us-1"));
    Files.writeString(file, TWO.replace("weight: 2", "weight: 3"));
    Difference difference = configuration.reload();
    assertThat(difference).hasToString("proxies.fr-7 changed (weight)");
    state = configuration.state();
    assertThat(state.settings().proxies()).containsOnlyKeys("fr-7", "de-2");
    assertThat(state.settings().proxies().get("fr-7").weight()).isEqualTo(3);
    assertThat(state.overlay()).containsEntry("removed", List.of("proxies.us-1"));
  }

  @Test
  void whatIsChangedBackIsNoChangeAnyMore() {
    State before = configuration.state();
    change(false, removing("us-1"));
    State after = change(false, adding("us-1", "http://127.0.0.1:2"));
    assertThat(after.overlay()).isEmpty();
    assertThat(after.effective()).isEqualTo(before.effective());
    assertThat(change(true, document -> document).revision())
        .as("nothing changed")
        .isEqualTo(after.revision());
  }

  @Test
  void onlyWhatIsToBeKeptIsKeptAndTakenUpByTheNextRun() {
    var kept = new ArrayList<Map<String, Object>>();
    configuration.keepBy(kept::add);
    change(false, adding("de-2", "http://127.0.0.1:3"));
    change(true, adding("de-3", "http://127.0.0.1:4"));
    change(true, removing("us-1"));
    change(
        true,
        document -> {
          section(document, "health").put("slowStart", "20s");
          return document;
        });
    assertThat(kept).hasSize(3);

    Configuration next = Configuration.ofFile(file);
    next.resume(configuration.state().revision(), kept.getLast());
    assertThat(next.state().settings().proxies()).containsOnlyKeys("fr-7", "de-3");
    assertThat(next.state().settings().health().slowStart()).hasSeconds(20);
    assertThat(next.state().revision()).isGreaterThan(configuration.state().revision());
  }

  @Test
  void aPassingChangeOfAKeptOneLeavesTheKeptOne() {
    var kept = new ArrayList<Map<String, Object>>();
    configuration.keepBy(kept::add);
    change(true, adding("de-3", "http://127.0.0.1:4"));
    State state = change(false, removing("de-3"));
    assertThat(state.settings().proxies()).doesNotContainKey("de-3");
    assertThat(kept).hasSize(1);
    Configuration next = Configuration.ofFile(file);
    next.resume(1, kept.getLast());
    assertThat(next.state().settings().proxies()).containsKey("de-3");
  }

  @Test
  void whatWasKeptAndDoesNotFitTheFileIsNotTakenUp() {
    Configuration next = Configuration.ofFile(file);
    State before = next.state();
    assertThatThrownBy(
            () -> next.resume(7, Map.of("groups", Map.of("x", Map.of("proxies", List.of("gone"))))))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("groups.x.proxies names 'gone'")
        .hasMessageContaining("changed while running");
    assertThat(next.state()).isEqualTo(before);
    assertThat(next.reload().isEmpty()).isTrue();
  }

  @Test
  void aFileThatCannotBeUsedIsRefusedAsAWholeAndSaidSoOnce() throws IOException {
    var states = new ArrayList<State>();
    configuration.listen(states::add);
    Files.writeString(file, TWO.replace("weight: 2", "weight: 3") + "routs: {}\nadmin: {x: 1}\n");
    var failure = catchThrowableOfType(SettingsException.class, () -> configuration.reload());
    assertThat(failure.problems()).hasSize(2);
    assertThatThrownBy(() -> configuration.reload()).isInstanceOf(SettingsException.class);
    State state = configuration.state();
    assertThat(state.settings().proxies().get("fr-7").weight()).isEqualTo(2);
    assertThat(state.revision()).isEqualTo(1);
    assertThat(state.rejected())
        .hasValueSatisfying(words -> assertThat(words).contains("routs", "\n", "admin.x"));
    assertThat(states).hasSize(1);

    Files.writeString(file, TWO);
    assertThat(configuration.reload().isEmpty()).isTrue();
    assertThat(configuration.state().rejected()).isEmpty();
    assertThat(states).hasSize(2);
  }

  @Test
  void anEmptyOrMissingFileTakesNothingAway() throws IOException {
    Files.writeString(file, "\n");
    assertThatThrownBy(() -> configuration.reload()).hasMessageContaining("is empty");
    Files.delete(file);
    assertThatThrownBy(() -> configuration.reload()).hasMessageContaining("is not there");
    assertThat(configuration.state().settings().proxies()).hasSize(2);
  }

  @Test
  void aChangeThatCannotBeUsedOrKeptLeavesEverythingAsItWas() {
    State before = configuration.state();
    assertThatThrownBy(() -> change(true, adding("bad", "ftp://x")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("proxies.bad.url");
    var kept = new ArrayList<Map<String, Object>>();
    configuration.keepBy(kept::add);
    configuration.useBy(
        _ -> {},
        _ -> {
          throw new SettingsException(List.of("no port"));
        });
    assertThatThrownBy(() -> change(true, removing("us-1"))).hasMessage("no port");
    assertThat(kept.getLast()).isEmpty();
    configuration.keepBy(
        _ -> {
          throw new SettingsException(List.of("no room"));
        });
    assertThatThrownBy(() -> change(true, removing("us-1"))).hasMessage("no room");
    assertThat(configuration.state()).isEqualTo(before);
  }

  @Test
  void aChangeThatIsMeantForAnotherRevisionIsRefused() {
    change(false, removing("us-1"));
    assertThatThrownBy(
            () -> configuration.change(OptionalLong.of(1), false, adding("de-2", "http://x:1")))
        .isInstanceOf(StaleRevisionException.class)
        .hasMessageContaining("revision 1")
        .hasMessageContaining("revision 2");
    assertThat(
            configuration
                .change(OptionalLong.of(2), false, adding("de-2", "http://x:1"))
                .revision())
        .isEqualTo(3);
  }

  @Test
  void aDocumentThatReplacesTheEffectiveOneIsADifferenceToTheFile() {
    State state =
        configuration.replace(
            """
            clients: {me: {secret: s3cret}}
            proxies: {fr-7: {url: "http://u:hidden@127.0.0.1:1", weight: 2}, new: "direct"}
            """);
    assertThat(state.settings().proxies()).containsOnlyKeys("fr-7", "new");
    assertThat(state.overlay().get("removed"))
        .isEqualTo(List.of("proxies.us-1", "groups.main", "groups.spill", "health.slowStart"));
    assertThat(section(new LinkedHashMap<>(state.overlay()), "proxies")).containsOnlyKeys("new");
  }

  @Test
  void validatingChangesNothingAndTellsWhatWouldWithoutAnyValue() {
    State before = configuration.state();
    Configuration.Outlook outlook =
        configuration.validate(
            """
            clients: {me: {secret: other}}
            proxies:
              - {id: fr-7, url: "http://u:alsoHidden@127.0.0.1:1"}
              - {id: fr-8, url: "http://u:alsoHidden@127.0.0.1:1"}
            groups: {main: {proxies: [fr-7]}, spill: {}}
            """);
    assertThat(outlook.warnings())
        .singleElement()
        .asString()
        .startsWith("groups.spill has neither");
    assertThat(outlook.changes())
        .hasToString(
            "clients.me changed (secret); proxies.fr-7 changed (url, weight); proxies.us-1 removed;"
                + " health.slowStart removed; proxies.fr-8 added");
    assertThatThrownBy(() -> configuration.validate("proxies: 7, x: ["))
        .isInstanceOf(SettingsException.class);
    assertThat(configuration.state()).isEqualTo(before);
  }
}
