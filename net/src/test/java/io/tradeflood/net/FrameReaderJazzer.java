package io.tradeflood.net;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;

/**
 * Fuzzes the reader of frames by coverage, on demand: {@code JAZZER_FUZZ=1 mvn -pl net -am test
 * -Dtest=FrameReaderJazzer -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class FrameReaderJazzer {

  @FuzzTest(maxDuration = "2m")
  void whateverComesIsReadOrRefusedAndNeverReadTwice(byte[] wire) {
    if (wire.length == 0) return;
    var heard = new FrameReaderPropertyTest.Heard();
    int cut = wire.length > 1 ? (wire[0] & 0xFF) % wire.length : 0;
    try (var reader = new FrameReader(heard, (wire[0] & 1) != 0, (wire[0] & 2) != 0, 10_000)) {
      var inbox = new Inbox();
      inbox.add(Unpooled.wrappedBuffer(wire, 1, Math.max(0, cut - 1)));
      reader.read(inbox);
      inbox.add(Unpooled.wrappedBuffer(wire, Math.max(1, cut), wire.length - Math.max(1, cut)));
      reader.read(inbox);
      if (inbox.from > inbox.to) throw new AssertionError("read more than had come");
    } catch (FrameException _) {
      return;
    }
    if (heard.lines.size() > wire.length) throw new AssertionError("read " + heard.lines.size());
  }
}
