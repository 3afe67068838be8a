package io.tradeflood.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final String FENCE = "```java\n";

  @Test
  void theJavaInTheReadmeIsThatOfTheExamples() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    int at = 0;
    for (String example : List.of("PrintCandles", "WatchTrades")) {
      int start = readme.indexOf(FENCE, at) + FENCE.length();
      at = readme.indexOf("```", start);
      String code =
          Files.readString(
              Path.of("src/main/java/io/tradeflood/examples/%s.java".formatted(example)));
      assertThat(code).contains(readme.substring(start, at).indent(4));
    }
    assertThat(readme.indexOf(FENCE, at)).isNegative();
  }
}
