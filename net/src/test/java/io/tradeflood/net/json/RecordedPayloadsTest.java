package io.tradeflood.net.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Reads the payloads which exchanges really sent. They lie beside the repository, in the folder
 * which the system property {@code tradeflood.shared} names, and are skipped where that is absent.
 */
class RecordedPayloadsTest {

  private static final Path FIXTURES =
      Path.of(System.getProperty("tradeflood.shared", "../../shared"), "fixtures");

  @Test
  void everyLeafOfEveryAnswerIsWhatJacksonMakesOfIt() throws IOException {
    assertThat(compared("rest")).isGreaterThan(1000);
  }

  @Test
  void everyLeafOfEveryMessageIsWhatJacksonMakesOfIt() throws IOException {
    assertThat(compared("ws")).isGreaterThan(1000);
  }

  private static long compared(String mode) throws IOException {
    assumeTrue(Files.isDirectory(FIXTURES), "no recorded payloads in " + FIXTURES);
    long leaves = 0;
    for (Path file : files(mode)) {
      for (byte[] payload : payloads(file)) {
        leaves += compared(file, payload);
      }
    }
    return leaves;
  }

  private static long compared(Path file, byte[] payload) {
    Optional<Object> expected = bound(payload);
    Object scanned;
    try {
      scanned = Trees.scanned(payload);
    } catch (UnexpectedJsonException e) {
      if (expected.isPresent()) {
        fail("%s cannot be read: %s", file, e.getMessage());
      }
      return 0;
    }
    assertThat(Optional.of(scanned)).as(file.toString()).isEqualTo(expected);
    return Trees.leaves(scanned);
  }

  private static Optional<Object> bound(byte[] payload) {
    try {
      return Optional.of(Trees.bound(payload));
    } catch (RuntimeException _) {
      return Optional.empty();
    }
  }

  private static List<Path> files(String mode) throws IOException {
    try (var files = Files.walk(FIXTURES)) {
      return files
          .filter(file -> file.getParent().endsWith(mode))
          .filter(file -> file.toString().matches(".*\\.jsonl?(\\.gz)?"))
          .sorted()
          .toList();
    }
  }

  private static List<byte[]> payloads(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (file.toString().endsWith(".gz")) {
      try (InputStream unzipped = new GZIPInputStream(Files.newInputStream(file))) {
        bytes = unzipped.readAllBytes();
      }
    }
    return file.toString().contains(".jsonl") ? lines(bytes) : List.of(bytes);
  }

  private static List<byte[]> lines(byte[] bytes) {
    var lines = new ArrayList<byte[]>();
    int from = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n') {
        if (i > from) {
          lines.add(Arrays.copyOfRange(bytes, from, i));
        }
        from = i + 1;
      }
    }
    return lines;
  }
}
