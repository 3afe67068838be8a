package io.tradeflood.proxyter.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.health.Diagnosis.Seen;
import io.tradeflood.proxyter.health.ProxyHealth.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is suspected for failing at a target is not, once it is known to be another's fault. */
class SuspicionTest extends HealthStory {
  private static final List<String> ALL = List.of("a1", "a2", "b1", "b2");

  SuspicionTest() {
    super(TWO_OF_EACH);
  }

  private Attempt served(String proxy, String origin) {
    return attempt(proxy, origin, Signal.OK);
  }

  private void suspectAllAt(String origin) {
    for (int i = 0; i < 2; i++) for (String proxy : ALL) seen(proxy, origin, Signal.CONNECT_CLOSED);
    assertThat(suspects()).isEqualTo(ALL);
  }

  private List<String> suspects() {
    return ALL.stream()
        .filter(p -> book.states().proxies().get(p).state() == State.SUSPECT)
        .toList();
  }

  private long restored() {
    return changes.stream().filter(c -> c.type().equals("proxy.up")).count();
  }

  private void diagnose(Attempt failure, Seen direct, Seen controls) {
    changes.addAll(book.diagnosed(failure, List.of(), direct, controls, ++now));
  }

  @Test
  void aTargetThatIsDownTakesItBackForAll() {
    suspectAllAt("o");
    diagnose(seen("a1", "o", Signal.CONNECT_CLOSED), Seen.FAILS, Seen.WORKS);
    assertThat(changes).extracting(Change::type).contains("origin.down");
    assertThat(suspects()).isEmpty();
    assertThat(restored()).isEqualTo(4);
    for (String proxy : ALL) {
      seen(proxy, "o", Signal.CONNECT_CLOSED);
      diagnose(seen(proxy, "o", Signal.CONNECT_CLOSED), Seen.UNKNOWN, Seen.UNKNOWN);
    }
    assertThat(suspects()).as("what is still under way tells nothing new").isEmpty();
  }

  @Test
  void aTargetThatRefusesThePoolTakesItBackForAll() {
    suspectAllAt("o");
    seen("d", "o", Signal.OK);
    changes.addAll(
        book.diagnosed(
            seen("a1", "o", Signal.CONNECT_CLOSED),
            List.of(served("a1", "c")),
            Seen.WORKS,
            Seen.WORKS,
            ++now));
    assertThat(book.states().blocks().states()).hasSize(4);
    assertThat(suspects()).isEmpty();
    for (String proxy : ALL) for (int i = 0; i < 2; i++) seen(proxy, "o", Signal.CONNECT_CLOSED);
    assertThat(suspects()).isEmpty();
  }

  @Test
  void aPairThatIsRefusedTakesItBackForTheProxy() {
    for (int i = 0; i < 2; i++) seen("a1", "o", Signal.CONNECT_CLOSED);
    seen("b1", "o", Signal.OK);
    assertThat(suspects()).containsExactly("a1");
    Attempt failure = seen("a1", "o", Signal.CONNECT_CLOSED);
    changes.addAll(
        book.diagnosed(
            failure,
            List.of(served("a1", "c"), served("b1", "o")),
            Seen.UNKNOWN,
            Seen.WORKS,
            ++now));
    assertThat(book.states().blocks().states()).hasSize(1);
    assertThat(suspects()).isEmpty();
  }

  @Test
  void thisMachineTakesItBackForAll() {
    for (int i = 0; i < 2; i++)
      for (String proxy : ALL) seen(proxy, "o" + i, Signal.PROXY_UNREACHABLE);
    assertThat(suspects()).isEqualTo(ALL);
    diagnose(seen("a1", "o", Signal.PROXY_UNREACHABLE), Seen.UNKNOWN, Seen.FAILS);
    assertThat(changes).extracting(Change::type).contains("network.down");
    assertThat(suspects()).isEmpty();
    for (int i = 0; i < 3; i++) for (String proxy : ALL) seen(proxy, "o", Signal.CONNECT_CLOSED);
    assertThat(suspects()).isEmpty();
  }

  @Test
  void whatWasSeenAtAnotherTargetStays() {
    suspectAllAt("o");
    for (int i = 0; i < 2; i++) seen("a1", "x", Signal.CONNECT_CLOSED);
    seen("b1", "o", Signal.PROXY_TIMEOUT);
    diagnose(seen("a2", "o", Signal.CONNECT_CLOSED), Seen.FAILS, Seen.WORKS);
    assertThat(suspects()).containsExactly("a1");
  }

  @Test
  void manyTargetsThatAreDownEjectNobody() {
    for (String origin : List.of("o", "p", "q"))
      for (String proxy : ALL) seen(proxy, origin, Signal.CONNECT_FAILED);
    seen("a1", "x", Signal.OK);
    assertThat(changes).extracting(Change::type).doesNotContain("proxy.down", "provider.down");
  }

  @Test
  void whoFailsWhereOthersAreServedIsDown() {
    for (String origin : List.of("o", "p")) {
      seen("b1", origin, Signal.CONNECT_CLOSED);
      seen("a1", origin, Signal.OK);
    }
    assertThat(book.states().proxies().get("b1").state()).isEqualTo(State.DOWN);
  }
}
