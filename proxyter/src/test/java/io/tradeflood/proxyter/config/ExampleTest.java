package io.tradeflood.proxyter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example that users begin with is whole and can be used. */
class ExampleTest {
  private static final Path EXAMPLE = Path.of("proxyter.example.yaml");
  private static final Pattern UNKNOWN =
      Pattern.compile("(.*)\\.?strange is unknown: expected (.*)");

  @Test
  void theExampleCanBeUsedAsItIsAndWithEveryLineThatItLeavesOut() throws IOException {
    String text = Files.readString(EXAMPLE);
    Settings settings = SettingsReader.read(text);
    assertThat(settings.proxies()).hasSize(4);
    assertThat(settings.stateFolder()).isEmpty();
    assertThat(SettingsReader.read(text.replace("#: ", "")).stateFolder()).isPresent();
  }

  @Test
  void everyKeyThatIsReadIsInTheExample() throws IOException {
    Object whole = Document.parse(Files.readString(EXAMPLE).replace("#: ", ""));
    Object strange = withStrangeKeys(whole);
    var failure = catchThrowableOfType(SettingsException.class, () -> SettingsReader.of(strange));
    var missing = new ArrayList<String>();
    var places = new ArrayList<String>();
    for (String problem : failure.problems()) {
      Matcher m = UNKNOWN.matcher(problem);
      if (!m.matches()) continue;
      String place = general(m.group(1));
      places.add(place);
      // Limits are alike everywhere; they are shown once.
      if (place.endsWith("imits") || place.endsWith("perProxy")) place = "clients.*.limits";
      for (String key : m.group(2).split(", "))
        if (!all(whole, place).contains(key)) missing.add(place + "." + key);
    }
    assertThat(missing).isEmpty();
    assertThat(places)
        .as("the places that were looked at")
        .contains("", "listen", "listen.tls", "clients.*.limits", "proxies.*", "routes.*.probe")
        .hasSizeGreaterThan(18);
  }

  /** A key that nobody knows in every structure, so that the reader tells all that it knows. */
  private static Object withStrangeKeys(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<Object, Object>();
        map.forEach((key, each) -> copy.put(key, withStrangeKeys(each)));
        copy.put("strange", "x");
        yield copy;
      }
      case List<?> list -> list.stream().map(ExampleTest::withStrangeKeys).toList();
      default -> value;
    };
  }

  /** Ids and indices are alike. */
  private static String general(String place) {
    String path = place.endsWith(".") ? place.substring(0, place.length() - 1) : place;
    return path.replaceAll("\\[[0-9]+\\]", ".*")
        .replaceAll("^(clients|proxies|groups|routes|origins|callbacks)\\.[^.]+", "$1.*");
  }

  /** The keys of every structure at the place. */
  private static List<String> all(Object whole, String place) {
    List<Object> here = List.of(whole);
    for (String step : place.isEmpty() ? new String[0] : place.split("\\.")) {
      var next = new ArrayList<Object>();
      for (Object each : here)
        if (each instanceof Map<?, ?> map) {
          if (step.equals("*")) next.addAll(map.values());
          else if (map.containsKey(step)) next.add(map.get(step));
        } else if (each instanceof List<?> list && step.equals("*")) next.addAll(list);
      here = next;
    }
    var keys = new ArrayList<String>();
    for (Object each : here)
      if (each instanceof Map<?, ?> map) map.keySet().forEach(key -> keys.add(String.valueOf(key)));
    return keys;
  }
}
