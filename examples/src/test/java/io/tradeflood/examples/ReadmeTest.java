package io.tradeflood.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  @Test
  void theJavaInTheReadmeIsThatOfTheExample() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    String fence = "```java\n";
    int start = readme.indexOf(fence) + fence.length();
    String shown = readme.substring(start, readme.indexOf("```", start));
    String example =
        Files.readString(Path.of("src/main/java/io/tradeflood/examples/PrintCandles.java"));
    assertThat(example).contains(shown.indent(4));
  }
}
