package io.tradeflood.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.bench.BenchOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveBenchTest {
  private static final Path PEERS = Path.of(System.getProperty("tradeflood.peers", "peers"));

  /** Everybody in a process of its own; what is slow is none of a test's business. */
  @Test
  void everybodyHasTheSameBookAtTheEndOfTheTape() throws Exception {
    var peers = Optional.of(PEERS).filter(BenchOptions::hasPeers);

    var report = new LiveBench().run(BenchOptions.quick(peers));

    assertThat(report.broken()).isEmpty();
  }

  @Test
  void theTapeIsAsLongAsMessagesAre() {
    var tape = Tape.make();

    assertThat(tape.bytesAMessage()).isBetween(295.0, 305.0);
    assertThat(tape.messages().getFirst()).contains("\"U\":70000000001,");
  }
}
