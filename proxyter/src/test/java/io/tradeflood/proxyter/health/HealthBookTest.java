package io.tradeflood.proxyter.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.SettingsReader;
import io.tradeflood.proxyter.health.Diagnosis.Seen;
import io.tradeflood.proxyter.health.Diagnosis.Sights;
import io.tradeflood.proxyter.health.ProxyHealth.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HealthBookTest {
  private static final Settings SETTINGS =
      SettingsReader.read(
          """
          proxies:
            - {id: a1, url: "http://127.0.0.1:1", provider: a}
            - {id: a2, url: "http://127.0.0.1:2", provider: a}
            - {id: b1, url: "http://127.0.0.1:3", provider: b}
            - {id: b2, url: "http://127.0.0.1:4", provider: b}
          groups: {main: {proxies: [a1, a2, b1, b2]}}
          origins: {target: {hosts: [127.0.0.1]}}
          routes:
            probed: {groups: [main], probe: {url: "http://127.0.0.1:9/ping"}}
            "*": {groups: [main]}
          """);

  private long now = 1_000_000;
  private final HealthBook book = new HealthBook(SETTINGS, new Random(1), now);
  private final List<Change> changes = new ArrayList<>();

  private void seen(String proxy, String origin, Signal signal) {
    seen(proxy, origin, signal, "x", Optional.empty());
  }

  private void seen(
      String proxy, String origin, Signal signal, String type, Optional<Instant> retryAfter) {
    now++;
    changes.addAll(
        book.attempted(
            new Attempt(
                Instant.ofEpochMilli(now),
                proxy,
                origin,
                origin + ":443",
                "main",
                type,
                signal,
                "connect",
                0,
                retryAfter,
                0)));
  }

  private void pass(Duration time) {
    now += time.toMillis();
    changes.addAll(book.tick(now));
  }

  private State state(String proxy) {
    return book.states().proxies().get(proxy).state();
  }

  private List<String> told() {
    return changes.stream().map(Change::type).toList();
  }

  private void proxiesServeElsewhere() {
    for (String proxy : List.of("a1", "a2", "b1", "b2")) seen(proxy, "other", Signal.OK);
  }

  @Test
  void backOffsAreSpreadOverTheirUpperHalfAndGrow() {
    var first = new HashSet<Long>();
    var random = new Random(1);
    for (int i = 0; i < 50; i++) {
      var spread = new HealthBook(SETTINGS, random, now);
      long at = now + 1;
      var refused =
          new Attempt(
              Instant.ofEpochMilli(at),
              "a1",
              "target",
              "target:443",
              "main",
              "x",
              Signal.PROXY_REFUSED,
              "dial",
              0,
              Optional.empty(),
              0);
      assertThat(spread.attempted(refused)).isNotEmpty();
      long probe = spread.states().proxies().get("a1").until();
      assertThat(probe - at).isBetween(2_500L, 5_000L);
      first.add(probe - at);
      spread.probed(new Job.ProbeProxy("a1"), false, probe);
      assertThat(spread.states().proxies().get("a1").until() - probe).isBetween(5_000L, 10_000L);
    }
    assertThat(first)
        .as("proxies that fell together are not probed together")
        .hasSizeGreaterThan(40);
  }

  @Test
  void aTargetOutageTakesNoProxyOut() {
    proxiesServeElsewhere();
    for (int i = 0; i < 3; i++)
      for (String proxy : List.of("a1", "a2", "b1", "b2")) {
        seen(proxy, "target", Signal.CONNECT_FAILED);
        seen(proxy, "other", Signal.OK);
      }
    assertThat(told()).contains("origin.down").doesNotContain("proxy.down", "pair.refused");
    assertThat(book.states().proxies().values())
        .allSatisfy(p -> assertThat(p.state().isServing()).isTrue());
    assertThat(book.jobs(now + 2_100)).hasAtLeastOneElementOfType(Job.ProbeOrigin.class);
    seen("b1", "target", Signal.OK);
    assertThat(told()).contains("origin.up");
  }

  @Test
  void aProxyThatFailsEverywhereIsOutWhileOthersServe() {
    seen("a1", "target", Signal.CONNECT_SILENT);
    seen("a1", "other", Signal.CONNECT_SILENT);
    seen("b1", "target", Signal.OK);
    seen("a2", "other", Signal.OK);
    assertThat(state("a1")).isEqualTo(State.DOWN);
    assertThat(told()).contains("proxy.down").doesNotContain("provider.down", "origin.down");
  }

  @Test
  void aProxyThatIsRefusedByOneTargetKeepsTheOthers() {
    seen("a1", "target", Signal.TUNNEL_RESET);
    seen("a1", "other", Signal.OK);
    seen("b1", "target", Signal.OK);
    assertThat(state("a1").isServing()).isTrue();
    assertThat(book.states().blocks().all().get(new HealthBook.Pair("a1", "target")).state())
        .isEqualTo(PairHealth.State.BANNED);
    assertThat(told()).containsExactly("pair.banned");
  }

  @Test
  void aRefusedConnectionToAProxyIsOutAtOnceAndBackByTwoProbes() {
    seen("a1", "target", Signal.PROXY_REFUSED);
    assertThat(state("a1")).isEqualTo(State.DOWN);
    assertThat(book.jobs(now)).isEmpty();
    pass(Duration.ofSeconds(6));
    assertThat(book.jobs(now)).containsExactly(new Job.ProbeProxy("a1"));
    assertThat(book.jobs(now)).as("handed out once").isEmpty();
    changes.addAll(book.probed(new Job.ProbeProxy("a1"), true, now));
    assertThat(state("a1")).isEqualTo(State.HALF_OPEN);
    assertThat(book.jobs(now)).hasSize(1);
    changes.addAll(book.probed(new Job.ProbeProxy("a1"), true, now));
    assertThat(state("a1")).isEqualTo(State.PROBATION);
    assertThat(book.states().proxies().get("a1").share(now)).isBetween(0.09, 0.2);
    pass(Duration.ofSeconds(31));
    assertThat(state("a1")).isEqualTo(State.UP);
    assertThat(told()).containsExactly("proxy.down", "proxy.probation", "proxy.up");
  }

  @Test
  void theBackOffGrowsWithEachFailedProbeAndNeverPassesItsMost() {
    seen("a1", "target", Signal.PROXY_REFUSED);
    long longest = 0;
    for (int i = 0; i < 15; i++) {
      long wait = book.states().proxies().get("a1").until() - now;
      assertThat(wait).isBetween(1L, 600_000L);
      longest = Math.max(longest, wait);
      now = book.states().proxies().get("a1").until();
      assertThat(book.jobs(now)).containsExactly(new Job.ProbeProxy("a1"));
      book.probed(new Job.ProbeProxy("a1"), false, now);
    }
    assertThat(longest).isGreaterThan(250_000);
  }

  @Test
  void wrongCredentialsAreNotTriedAgainByThemselves() {
    seen("a1", "target", Signal.PROXY_AUTH);
    assertThat(state("a1")).isEqualTo(State.AUTH_FAILED);
    pass(Duration.ofDays(2));
    assertThat(book.jobs(now)).isEmpty();
    assertThat(told()).containsExactly("proxy.auth_failed");
    changes.addAll(book.forgive("a1", now));
    assertThat(state("a1")).isEqualTo(State.PROBATION);
  }

  @Test
  void aBanIsNeverTouchedBeforeItsEndAndThenProbedOnce() {
    Instant end = Instant.ofEpochMilli(now + 3_600_000);
    seen("a1", "target", Signal.HTTP_418, "probed", Optional.of(end));
    var pair = book.states().blocks().all().get(new HealthBook.Pair("a1", "target"));
    assertThat(pair.until()).isEqualTo(end.toEpochMilli());
    pass(Duration.ofMinutes(59));
    assertThat(pair.isBlocked(now)).isTrue();
    assertThat(book.jobs(now)).isEmpty();
    pass(Duration.ofMinutes(2));
    assertThat(pair.isBlocked(now)).as("until the probe says otherwise").isTrue();
    var job = new Job.ProbePair("a1", "target", "probed");
    assertThat(book.jobs(now)).containsExactly(job);
    changes.addAll(book.probed(job, Optional.empty(), now));
    assertThat(pair.state()).isEqualTo(PairHealth.State.OK);
    assertThat(told()).containsExactly("pair.banned", "pair.restored");
  }

  @Test
  void aBanWithoutAnEndDoublesWhenItsProbeFails() {
    seen("a1", "target", Signal.HTTP_418, "probed", Optional.empty());
    var pair = book.states().blocks().all().get(new HealthBook.Pair("a1", "target"));
    long first = pair.until() - now;
    now = pair.until();
    var job = new Job.ProbePair("a1", "target", "probed");
    assertThat(book.jobs(now)).containsExactly(job);
    var again =
        new Attempt(
            Instant.ofEpochMilli(now),
            "a1",
            "target",
            "target:443",
            "main",
            "probed",
            Signal.HTTP_418,
            "probe",
            3,
            Optional.empty(),
            0);
    book.probed(job, Optional.of(again), now);
    assertThat(pair.until() - now).isEqualTo(2 * first);
  }

  @Test
  void aPauseEndsByItself() {
    seen(
        "a1",
        "target",
        Signal.HTTP_429,
        "x",
        Optional.of(Instant.ofEpochMilli(now).plusSeconds(10)));
    pass(Duration.ofSeconds(11));
    assertThat(told()).containsExactly("pair.rate_limited", "pair.restored");
  }

  @Test
  void anOpenQuestionIsProbedAndTheProbesDecide() {
    seen("a1", "target", Signal.CONNECT_FAILED);
    assertThat(book.jobs(now)).as("others may still settle it").isEmpty();
    now += 400;
    var jobs = book.jobs(now);
    assertThat(jobs).hasSize(1).hasOnlyElementsOfType(Job.Diagnose.class);
    var failure = ((Job.Diagnose) jobs.getFirst()).failure();
    changes.addAll(
        book.diagnosed(
            failure,
            new Sights(
                failure.signal(),
                false,
                Seen.FAILS,
                Seen.WORKS,
                0,
                0,
                Seen.UNKNOWN,
                Seen.WORKS,
                Seen.UNKNOWN,
                Seen.UNKNOWN),
            now));
    assertThat(state("a1")).isEqualTo(State.DOWN);
  }

  /** To the millisecond, and even if the clock was read late. */
  @Test
  void whatIsLookedAtBecauseOfAFailureIsBehindItHoweverCloseTheyAre() {
    Attempt failure = tookLong("a1", "target", Signal.CONNECT_FAILED);
    changes.addAll(
        book.diagnosed(
            failure,
            List.of(
                tookLong("a1", "target", Signal.CONNECT_FAILED),
                tookLong("a1", "control", Signal.OK),
                tookLong("b1", "target", Signal.OK)),
            Seen.UNKNOWN,
            Seen.UNKNOWN,
            now));
    assertThat(told()).containsExactly("pair.refused");
  }

  private Attempt tookLong(String proxy, String origin, Signal signal) {
    return new Attempt(
        Instant.ofEpochMilli(now),
        proxy,
        origin,
        origin + ":443",
        "main",
        "x",
        signal,
        "probe",
        50,
        Optional.empty(),
        0);
  }

  @Test
  void doubtfulVerdictsNeverTakeOutMoreThanHalfOfAGroup() {
    for (String proxy : List.of("a1", "b1", "a2", "b2")) {
      now += 20_000;
      seen(proxy, "target", Signal.CONNECT_FAILED);
      now += 400;
      for (Job job : book.jobs(now))
        if (job instanceof Job.Diagnose(Attempt failure))
          book.diagnosed(
              failure,
              new Sights(
                  failure.signal(),
                  false,
                  Seen.FAILS,
                  Seen.WORKS,
                  0,
                  0,
                  Seen.UNKNOWN,
                  Seen.WORKS,
                  Seen.UNKNOWN,
                  Seen.UNKNOWN),
              now);
    }
    assertThat(
            book.states().proxies().values().stream().filter(p -> !p.state().isServing()).count())
        .isEqualTo(2);
  }

  @Test
  void whenThisMachineReachesNobodyNothingIsConcluded() {
    seen("a1", "target", Signal.LOCAL);
    now += 400;
    for (Job job : book.jobs(now))
      if (job instanceof Job.Diagnose(Attempt failure))
        changes.addAll(
            book.diagnosed(
                failure,
                new Sights(
                    failure.signal(),
                    false,
                    Seen.FAILS,
                    Seen.FAILS,
                    3,
                    2,
                    Seen.FAILS,
                    Seen.FAILS,
                    Seen.FAILS,
                    Seen.FAILS),
                now));
    assertThat(told()).contains("network.down");
    for (String proxy : List.of("a1", "a2", "b1", "b2"))
      seen(proxy, "target", Signal.CONNECT_FAILED);
    assertThat(told()).doesNotContain("proxy.down", "origin.down");
    assertThat(book.jobs(now + 400)).isEmpty();
  }

  @Test
  void aProxyThatIsGoneFromTheConfigurationIsForgottenAndTheOthersKeepTheirState() {
    seen("a1", "target", Signal.PROXY_REFUSED);
    book.use(SettingsReader.read("proxies: [{id: a1, url: \"http://127.0.0.1:1\"}]"), now);
    assertThat(book.states().proxies()).containsOnlyKeys("a1");
    assertThat(state("a1")).isEqualTo(State.DOWN);
    seen("b1", "target", Signal.PROXY_REFUSED);
    assertThat(book.states().proxies()).containsOnlyKeys("a1");
  }
}
