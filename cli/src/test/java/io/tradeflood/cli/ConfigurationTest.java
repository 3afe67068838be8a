package io.tradeflood.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  @TempDir Path folder;

  @Test
  void everythingThatAFileMaySayIsRead() throws IOException {
    var configuration =
        Configuration.read(
            file(
                """
                hosts:
                  binance.spot-rest: http://127.0.0.1:9100
                settings:
                  acme:
                    key: 12345
                use: com.example.FastCandles
                without:
                  - BitgetTrades
                  - BitgetBooks
                plugins: [jars]
                deadline: 90s
                """));
    assertThat(configuration)
        .isEqualTo(
            new Configuration(
                Map.of("binance.spot-rest", URI.create("http://127.0.0.1:9100")),
                Map.of("acme", Map.of("key", "12345")),
                List.of("com.example.FastCandles"),
                List.of("BitgetTrades", "BitgetBooks"),
                List.of(folder.resolve("jars")),
                java.util.Optional.of(Duration.ofSeconds(90))));
  }

  @Test
  void anEmptyFileSaysNothing() throws IOException {
    assertThat(Configuration.read(file(""))).isEqualTo(Configuration.EMPTY);
    assertThat(Configuration.read(file("# nothing yet\n"))).isEqualTo(Configuration.EMPTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'host: {}'                          | host is unknown: expected one of hosts settings use without plugins deadline
          'hosts: [a]'                        | hosts is no mapping: expected lines of the form "name: value"
          'hosts: {acme.rest: 127.0.0.1}'     | hosts.acme.rest: "127.0.0.1" is no address: expected one such as
          'hosts: {acme.rest: ftp://a.b}'     | hosts.acme.rest: "ftp://a.b" is no address: expected one such as
          'settings: {acme: {key: [1]}}'      | settings.acme.key is no text: expected one value
          'use: {a: b}'                       | use is no text: expected one value
          'deadline: soon'                    | deadline is "soon": expected a length of time such as 30s, 5m or 2h
          'deadline: -5s'                     | deadline is "-5s": expected a length of time such as 30s, 5m or 2h
          'hosts: {'                          | not YAML
          'deadline: 1s{newline}deadline: 2s' | not YAML
          """)
  void whatIsWrongIsToldOnOneLineThatNamesTheKey(String text, String expected) throws IOException {
    Path file = file(text.replace("{newline}", "\n"));
    assertThatThrownBy(() -> Configuration.read(file))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(expected)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aFileThatIsNotThereIsToldAsSuch() {
    assertThatThrownBy(() -> Configuration.read(folder.resolve("none.yaml")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("none.yaml")
        .hasMessageContaining("expected a readable YAML file");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("tradeflood.yaml"), text);
  }
}
