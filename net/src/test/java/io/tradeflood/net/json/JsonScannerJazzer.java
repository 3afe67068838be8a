package io.tradeflood.net.json;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Objects;

/**
 * Fuzzes the scanner by coverage, on demand, since its agent slows down all tests of one run:
 * {@code JAZZER_FUZZ=1 mvn -pl net -am test -Dtest=JsonScannerJazzer
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class JsonScannerJazzer {

  @FuzzTest(maxDuration = "2m")
  void theScannerAgreesWithJacksonOrRefuses(byte[] payload) {
    Object scanned;
    try {
      scanned = Trees.scanned(payload);
    } catch (UnexpectedJsonException _) {
      return;
    }
    if (!Objects.equals(scanned, Trees.bound(payload))) {
      throw new AssertionError("read as " + scanned);
    }
  }
}
