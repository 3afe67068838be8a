package io.tradeflood.exchange;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recorded payloads kept beside the repository; a test that needs them is skipped without them. */
public final class Shared {
  private static final Path FOLDER =
      Path.of(System.getProperty("tradeflood.shared", "../../shared"), "fixtures");

  private Shared() {}

  /** The entries of a list of an exchange, such as {@code EXPECTED.json}. */
  public static List<JsonNode> list(String exchange, String name) throws IOException {
    Path file = FOLDER.resolve(exchange).resolve(name);
    assumeTrue(
        Files.exists(file),
        "no recorded payloads of %s beside the repository: set tradeflood.shared"
            .formatted(exchange));
    return JsonMapper.builder().build().readTree(Files.readAllBytes(file)).valueStream().toList();
  }

  /** The text of a payload. */
  public static String text(String exchange, String name) throws IOException {
    byte[] bytes = Files.readAllBytes(FOLDER.resolve(exchange).resolve(name));
    if (name.endsWith(".gz")) {
      try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        bytes = in.readAllBytes();
      }
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
