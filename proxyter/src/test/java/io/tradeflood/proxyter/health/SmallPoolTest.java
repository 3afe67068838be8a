package io.tradeflood.proxyter.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.SettingsReader;
import io.tradeflood.proxyter.health.Diagnosis.Seen;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A target is told to be down although three others of two providers cannot say so. */
class SmallPoolTest extends HealthStory {
  private static final Settings SETTINGS =
      SettingsReader.read(
          """
          proxies:
            - {id: p, url: "http://127.0.0.1:1"}
            - {id: q, url: "http://127.0.0.1:2"}
            - {id: r, url: "http://127.0.0.1:3"}
            - {id: off, url: "http://127.0.0.1:4", enabled: false}
            - {id: d, url: direct}
          groups: {one: {proxies: [p]}, two: {proxies: [p, q, off, d]}, three: {proxies: [p, q, r]}}
          """);

  SmallPoolTest() {
    super(SETTINGS);
  }

  private Attempt failed(String proxy, String group) {
    Attempt failure = attempt(proxy, "o", group, Signal.CONNECT_CLOSED);
    changes.addAll(book.attempted(failure));
    return failure;
  }

  private void looked(Attempt failure, Attempt... seen) {
    changes.addAll(book.diagnosed(failure, List.of(seen), Seen.UNKNOWN, Seen.WORKS, ++now));
  }

  private Attempt fails(String proxy) {
    return attempt(proxy, "o", "two", Signal.CONNECT_CLOSED);
  }

  private Attempt serves(String proxy) {
    return attempt(proxy, "c", "two", Signal.OK);
  }

  private List<Double> down() {
    return changes.stream()
        .filter(c -> c.type().equals("origin.down"))
        .map(Change::confidence)
        .toList();
  }

  @Test
  void bothOfTwoFailThereAndWorkElsewhere() {
    looked(failed("p", "two"), fails("p"), serves("p"), fails("q"), serves("q"));
    assertThat(down()).containsExactly(0.7);
  }

  @Test
  void whatIsSeenOfOneIsKeptForTheNextLook() {
    looked(failed("p", "three"), serves("p"), fails("q"), serves("q"), fails("r"));
    assertThat(down()).as("nobody has seen r work").isEmpty();
    looked(failed("r", "three"), serves("r"), fails("p"));
    assertThat(down()).containsExactly(0.7);
  }

  @Test
  void notBeforeProbesHaveLooked() {
    for (String proxy : List.of("p", "q")) {
      failed(proxy, "two");
      changes.addAll(book.attempted(serves(proxy)));
    }
    changes.addAll(book.tick(++now));
    assertThat(down()).isEmpty();
  }

  @Test
  void oneAloneCannotTell() {
    looked(failed("p", "one"), fails("p"), serves("p"));
    assertThat(changes).extracting(Change::type).containsExactly("proxy.suspect");
  }

  @Test
  void anotherThatWorksNowhereCannotTell() {
    looked(failed("p", "two"), fails("p"), serves("p"), fails("q"));
    assertThat(down()).isEmpty();
  }

  @Test
  void eachOfThreeMustFail() {
    looked(failed("p", "three"), serves("p"), fails("q"), serves("q"), serves("r"));
    assertThat(down()).isEmpty();
  }
}
