package io.tradeflood.proxyter.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.health.Diagnosis.Seen;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows from each row of the decision: who is told of, and who is left alone. */
class ScopeTest extends HealthStory {
  ScopeTest() {
    super(TWO_OF_EACH);
  }

  private List<String> told() {
    return changes.stream().map(Change::type).toList();
  }

  private List<String> out() {
    return book.states().proxies().values().stream()
        .filter(p -> !p.state().isServing())
        .map(ProxyHealth::id)
        .sorted()
        .toList();
  }

  private List<String> blocked() {
    return book.states().blocks().states().stream()
        .map(p -> p.proxy() + "@" + p.origin())
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"CONNECT_FAILED", "CONNECT_CLOSED", "CONNECT_SILENT", "TUNNEL_RESET", "TUNNEL_MUTE"})
  void aProxyThatFailsEverywhereGoesAlone(Signal signal) {
    seen("a1", "o", signal);
    seen("a1", "c", signal);
    seen("a2", "c", Signal.OK);
    seen("b1", "o", Signal.OK);
    assertThat(told()).contains("proxy.down");
    assertThat(out()).containsExactly("a1");
    assertThat(blocked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT_FAILED, PAIR_REFUSED",
    "CONNECT_SILENT, PAIR_REFUSED",
    "TUNNEL_RESET, BANNED",
    "ORIGIN_DNS, PROXY_DNS",
    "TUNNEL_ALERT, PROXY_TLS_INTERFERENCE"
  })
  void aPairThatFailsAloneIsBlockedAlone(Signal signal, Verdict verdict) {
    seen("a1", "o", signal);
    seen("a1", "c", Signal.OK);
    seen("b1", "o", Signal.OK);
    assertThat(out()).isEmpty();
    assertThat(blocked()).containsExactly("a1@o");
    assertThat(book.states().blocks().states().getFirst().verdict()).isEqualTo(verdict);
  }

  @Test
  void whatBeganBeforeTheFailureShowsNothingAlthoughItIsToldLater() {
    seen("a1", "o", Signal.CONNECT_CLOSED);
    seen("a1", "c", Signal.OK);
    Attempt late = attempt("b1", "o", Signal.OK);
    changes.addAll(
        book.attempted(
            new Attempt(
                late.at(),
                "b1",
                "o",
                "o:443",
                "main",
                "x",
                Signal.OK,
                "tunnel",
                30,
                Optional.empty(),
                1)));
    assertThat(blocked()).isEmpty();
    seen("b1", "o", Signal.OK);
    assertThat(blocked()).containsExactly("a1@o");
  }

  @Test
  void aTargetThatFailsForAllIsDownAndNobodyElse() {
    for (String proxy : List.of("a1", "a2", "b1", "b2")) {
      seen(proxy, "o", Signal.CONNECT_CLOSED);
      seen(proxy, "c", Signal.OK);
    }
    assertThat(told()).containsOnlyOnce("origin.down");
    assertThat(out()).isEmpty();
    assertThat(blocked()).isEmpty();
  }

  @Test
  void aTargetThatServesThisMachineButNoProxyOfTheGroupIsClosedToTheGroup() {
    for (String proxy : List.of("a2", "b1", "b2", "a1")) seen(proxy, "o", Signal.CONNECT_CLOSED);
    seen("d", "o", Signal.OK);
    seen("a1", "c", Signal.OK);
    assertThat(blocked()).containsExactly("a1@o", "a2@o", "b1@o", "b2@o");
    assertThat(out()).isEmpty();
    assertThat(told()).doesNotContain("origin.down");
  }

  @Test
  void aProviderThatFailsGoesAsOneAndComesBackAsOne() {
    seen("a1", "o", Signal.CONNECT_CLOSED);
    seen("a1", "c", Signal.CONNECT_CLOSED);
    seen("a2", "c", Signal.CONNECT_CLOSED);
    seen("b1", "c", Signal.OK);
    seen("b1", "o", Signal.OK);
    assertThat(told()).containsOnlyOnce("provider.down").doesNotContain("proxy.down");
    assertThat(out()).containsExactly("a1", "a2");
    now = book.states().proxies().get("a1").until();
    for (int i = 0; i < 2; i++) {
      var unused = book.jobs(now);
      changes.addAll(book.probed(new Job.ProbeProxy("a1"), true, now));
    }
    assertThat(told()).contains("proxy.probation", "provider.up");
  }

  @ParameterizedTest
  @EnumSource(names = {"LOCAL", "PROXY_DNS", "PROXY_UNREACHABLE", "PROXY_TIMEOUT"})
  void whatMayBeThisMachineTakesNobodyOutUntilSomebodyIsServed(Signal signal) {
    for (String proxy : List.of("a1", "a2", "b1", "b2", "a1", "a2")) seen(proxy, "o", signal);
    assertThat(out()).isEmpty();
    now += 400;
    for (Job job : book.jobs(now))
      if (job instanceof Job.Diagnose(Attempt failure))
        changes.addAll(book.diagnosed(failure, List.of(), Seen.UNKNOWN, Seen.FAILS, ++now));
    assertThat(told()).containsOnlyOnce("network.down");
    assertThat(out()).isEmpty();
    assertThat(book.states().isFrozen()).isTrue();
    now += 2_000;
    assertThat(book.jobs(now)).containsExactly(new Job.ProbeNetwork());
    changes.addAll(book.probed(new Job.ProbeNetwork(), true, now));
    assertThat(told()).endsWith("network.up");
    assertThat(book.states().isFrozen()).isFalse();
  }

  @Test
  void aProxyWhoseNameIsUnknownIsOutAsSoonAsAnybodyIsServed() {
    seen("a1", "o", Signal.PROXY_DNS);
    assertThat(out()).isEmpty();
    seen("b1", "o", Signal.OK);
    assertThat(out()).containsExactly("a1");
  }

  @Test
  void whatTheProberCannotCompareMakesAProxySuspectAndNoMore() {
    Attempt failure = seen("a1", "o", Signal.CONNECT_FAILED);
    changes.addAll(book.diagnosed(failure, List.of(), Seen.UNKNOWN, Seen.UNKNOWN, ++now));
    assertThat(told()).containsExactly("proxy.suspect");
    now += 1_000;
    seen("a1", "o", Signal.CONNECT_FAILED);
    now += 1_000;
    assertThat(book.jobs(now)).as("the answer holds for ten seconds").isEmpty();
  }

  @Test
  void aFailureThatIsOverWhenItIsLookedAtBlamesNobody() {
    Attempt failure = seen("a1", "o", Signal.CONNECT_SILENT);
    changes.addAll(
        book.diagnosed(
            failure,
            List.of(
                attempt("a1", "o", Signal.OK),
                attempt("a1", "c", Signal.OK),
                attempt("b1", "o", Signal.OK)),
            Seen.UNKNOWN,
            Seen.WORKS,
            ++now));
    assertThat(told()).isEmpty();
    assertThat(out()).isEmpty();
    assertThat(blocked()).isEmpty();
  }
}
