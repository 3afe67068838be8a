package io.tradeflood.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plug-in jars that are wrong: one line that says it, the right exit code. */
@Timeout(60)
class BadPluginTest {
  private static final String REST =
      """
      package acme;
      @io.tradeflood.connector.Exchange("acme")
      public interface AcmeRest extends io.tradeflood.net.RestConnector {
        default String baseUrl() { return "https://api.acme.example"; }
        @io.tradeflood.turn.TurnExecution
        default %s ticker(String symbol) { return %s; }
      }
      """;
  private static final String TICKERS =
      """
      package acme;
      import io.tradeflood.model.*;
      public interface %s extends io.tradeflood.binding.SnapshotBinding<AcmeRest, NowQuery, ServerTime> {
        default io.tradeflood.turn.Turn<ServerTime> plan(AcmeRest acme, NowQuery q) { throw new UnsupportedOperationException(); }
      }
      """;
  private static final String TURN = "io.tradeflood.turn.Turn<String>";

  @TempDir Path folder;

  @Test
  void twoCandidatesForTheSameThingAreBothNamedWithTheWayOut() throws IOException {
    jar(
        Map.of(
            "acme.AcmeRest", REST.formatted(TURN, "get(\"/\").as(String.class)"),
            "acme.SomeTimes", TICKERS.formatted("SomeTimes"),
            "acme.OtherTimes", TICKERS.formatted("OtherTimes")));
    var result = Shell.run("list", "bindings", "--plugins", folder.resolve("plugins").toString());
    assertThat(result.errors())
        .singleElement()
        .asString()
        .startsWith("tradeflood: ")
        .contains("acme.SomeTimes", "acme.OtherTimes", "plugin.jar", "@Replaces");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void anEndpointWithAWrongReturnTypeIsNamed() throws IOException {
    jar(Map.of("acme.AcmeRest", REST.formatted("String", "\"\"")));
    var result = Shell.run("list", "exchanges", "--plugins", folder.resolve("plugins").toString());
    assertThat(result.errors())
        .singleElement()
        .asString()
        .startsWith("tradeflood: ")
        .contains("Turn", "AcmeRest.ticker");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void severalProblemsHaveALineEach() throws IOException {
    jar(
        Map.of(
            "acme.AcmeRest", REST.formatted("String", "\"\""),
            "acme.SomeTimes", TICKERS.formatted("SomeTimes"),
            "acme.OtherTimes", TICKERS.formatted("OtherTimes")));
    var result = Shell.run("list", "exchanges", "--plugins", folder.resolve("plugins").toString());
    assertThat(result.errors()).hasSize(2);
    assertThat(result.code()).isEqualTo(2);
  }

  @Test
  void aJarThatIsNoneIsNamed() throws IOException {
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    Files.writeString(plugins.resolve("broken.jar"), "not a jar");
    var result = Shell.run("list", "exchanges", "--plugins", plugins.toString());
    assertThat(result.errors()).singleElement().asString().contains("broken.jar");
    assertThat(result.code()).isEqualTo(2);
  }

  private void jar(Map<String, String> sources) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    var units = new ArrayList<JavaFileObject>();
    sources.forEach((name, text) -> units.add(new Source(name, text)));
    var words = new StringWriter();
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(
                words, null, null, List.of("-d", classes.toString(), "-proc:none"), null, units)
            .call();
    assertThat(compiled).as(words.toString()).isTrue();
    Path jar = Files.createDirectories(folder.resolve("plugins")).resolve("plugin.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** As the kernel tells it; skipped where it does not. */
  @Test
  void nothingOfAPlugInStaysOpenWhenTheStartIsRefused() throws IOException {
    Path open = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(open));
    jar(Map.of("acme.AcmeRest", REST.formatted(TURN, "get(\"/\").as(String.class)")));
    Path tape = Files.writeString(folder.resolve("no.tape"), "no tape\n");
    var result =
        Shell.run(
            "watch",
            "binance",
            "BTC/USDT",
            "trade",
            "--replay",
            tape.toString(),
            "--plugins",
            folder.resolve("plugins").toString());
    assertThat(result.errors()).singleElement().asString().contains("must name a tape");
    try (var files = Files.list(open)) {
      assertThat(files.map(BadPluginTest::target)).noneMatch(name -> name.startsWith("" + folder));
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
