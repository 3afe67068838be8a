package io.tradeflood.proxyter.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.SettingsReader;
import io.tradeflood.proxyter.health.Diagnosis.Seen;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The line that people read of a change: who, where, what was seen, whose fault, what follows. */
class ChangeTest extends HealthStory {
  private static final Settings SETTINGS =
      SettingsReader.read(
          """
          proxies:
            - {id: a1, url: "http://127.0.0.1:1", provider: a}
            - {id: a2, url: "http://127.0.0.1:2", provider: a}
            - {id: b1, url: "http://127.0.0.1:3", provider: b}
          """);

  ChangeTest() {
    super(SETTINGS);
  }

  @Override
  String target(String origin) {
    return "api." + origin + ".com:443";
  }

  private List<String> messages() {
    return changes.stream().map(c -> c.type() + ": " + c.message()).toList();
  }

  @Test
  void ofSuspicionAndItsEnd() {
    seen("a1", "o", Signal.CONNECT_CLOSED);
    seen("a1", "o", Signal.CONNECT_CLOSED);
    seen("a1", "c", Signal.OK);
    assertThat(messages())
        .containsExactly(
            "proxy.suspect: proxy:a1: X-CLOSE at api.o.com:443, fault unknown; half share",
            "proxy.up: proxy:a1: OK at api.c.com:443; restored");
  }

  @Test
  void ofAProxyThatIsOutAndBack() {
    seen("a1", "o", Signal.PROXY_REFUSED);
    now = book.states().proxies().get("a1").until();
    for (int i = 0; i < 2; i++) changes.addAll(book.probed(new Job.ProbeProxy("a1"), true, now));
    assertThat(messages().get(0))
        .startsWith(
            "proxy.down: proxy:a1: P-REFUSED at api.o.com:443, PROXY_DOWN; ejected, probed at"
                + " 1970");
    assertThat(messages().get(1))
        .startsWith("proxy.probation: proxy:a1: probes were served; slow start until 1970");
  }

  @Test
  void ofAPair() {
    seen("a1", "o", Signal.CONNECT_FAILED);
    seen("a1", "c", Signal.OK);
    seen("b1", "o", Signal.OK);
    assertThat(messages().getFirst())
        .startsWith(
            "pair.refused: proxy:a1 origin:o: X-CONNECT at api.o.com:443, PAIR_REFUSED;"
                + " blocked until 1970");
  }

  @Test
  void ofATargetAndThoseWhoAreSuspectNoMore() {
    for (String proxy : List.of("a2", "a2", "a1")) seen(proxy, "o", Signal.CONNECT_CLOSED);
    Attempt failure = seen("b1", "o", Signal.CONNECT_CLOSED);
    changes.clear();
    changes.addAll(
        book.diagnosed(
            failure, List.of(attempt("b1", "c", Signal.OK)), Seen.FAILS, Seen.WORKS, ++now));
    changes.addAll(book.probed(new Job.ProbeOrigin("o", "api.o.com:443"), true, ++now));
    assertThat(messages())
        .containsExactly(
            "origin.down: origin:o: X-CLOSE at api.o.com:443 by b1, ORIGIN_DOWN; breaker open",
            "proxy.up: proxy:a2: X-CLOSE at api.o.com:443 by b1, ORIGIN_DOWN; restored",
            "origin.up: origin:o: a probe was served; restored");
  }

  @Test
  void ofThisMachine() {
    Attempt failure = seen("a1", "o", Signal.LOCAL);
    changes.addAll(book.diagnosed(failure, List.of(), Seen.UNKNOWN, Seen.FAILS, ++now));
    changes.addAll(book.probed(new Job.ProbeNetwork(), true, ++now));
    assertThat(messages())
        .containsExactly(
            "network.down: network: L at api.o.com:443 by a1, LOCAL_NETWORK; verdicts frozen",
            "network.up: network: somebody answers; restored");
  }
}
