package io.tradeflood.proxyter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradeflood.proxyter.gateway.FakeClient;
import io.tradeflood.proxyter.gateway.FakeProxy;
import io.tradeflood.proxyter.gateway.FakeTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
  private static final Pattern PORT = Pattern.compile("listens at 127\\.0\\.0\\.1:([0-9]+)");

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Process process;

  private int run(String... arguments) {
    return new Command(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(List.of(arguments));
  }

  @AfterEach
  void end() {
    if (process != null) process.destroyForcibly();
  }

  @Test
  void whoStartsItWithoutAConfigurationIsToldHowToBegin() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("--config FILE", "proxyter.example.yaml")
        .hasLineCount(1);
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("The least configuration", "curl -x", "--check");
  }

  /** The command line, which shares no class with it, has the same. */
  @Test
  void itsVersionIsThatOfTheWhole() throws IOException {
    assertThat(run("--version")).isZero();
    assertThat(run("-V")).isZero();
    var lines = out.toString(StandardCharsets.UTF_8).lines().distinct().toList();
    assertThat(lines).hasSize(1);
    String version = lines.getFirst();
    assertThat(Files.readString(Path.of("..", "pom.xml")))
        .contains("<version>" + version.replace("TradeFlood ", ""));
    assertThat(
            Files.readString(
                Path.of("../cli/src/main/java/io/tradeflood/cli/TradeFloodCommand.java")))
        .contains("version = \"" + version + '"');
  }

  @Test
  void whatIsStartedWronglyIsSaidInOneLine() {
    assertThat(run("--config")).isEqualTo(2);
    assertThat(run("--confg=x")).isEqualTo(2);
    assertThat(run("--config=" + folder.resolve("none.yaml"))).isEqualTo(2);
    assertThat(run("--config=" + folder)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("--config needs a FILE", "'--confg=x' is unknown", "none.yaml is not there")
        .hasLineCount(4);
  }

  @Test
  void checkingTellsEveryProblemAndEnds() throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), "proxies: ['ftp://x']\nroutes: 7\n");
    assertThat(run("--check", "--config", file.toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("proxies[0].url", "routes is a number")
        .hasLineCount(2);
    Files.writeString(file, "proxies: [{url: 'https://x', trust: /none.pem}]\n");
    assertThat(run("--check", "--config", file.toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("none.pem");
    assertThat(run("--check", "--config", "proxyter.example.yaml")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("can be used: 4 proxies, 2 groups, 2 routes");
  }

  @Test
  void checkingWarnsOfAGroupThatNothingCanLeaveBy() throws IOException {
    Path file = folder.resolve("p.yaml");
    Files.writeString(
        file,
        """
        proxies: [{id: one, url: 'http://127.0.0.1:1', tags: [eu]}]
        groups: {none: {limits: {tunnels: 50}}, main: {limits: {tunnels: 50}}, named: {proxies: [one]}, tagged: {tags: [eu]}, later: {tags: [us]}}
        """);
    assertThat(run("--check", "--config", file.toString())).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("groups.none has neither proxies nor tags: ")
        .hasLineCount(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("can be used: 1 proxy, 5 groups");
  }

  private int start(String document) throws IOException {
    Path file = folder.resolve("proxyter.yaml");
    Files.writeString(file, ProxyterFixture.LISTEN + document);
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Main.class.getName(), "--config", file.toString()));
    process =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    Matcher[] found = new Matcher[1];
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              found[0] = PORT.matcher(text("out"));
              return found[0].find() || !process.isAlive();
            });
    assertThat(process.isAlive()).as(text("err")).isTrue();
    return Integer.parseInt(found[0].group(1));
  }

  private String text(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private void untilSaid(Predicate<String> words) {
    await().atMost(Duration.ofSeconds(30)).until(() -> words.test(text("err")));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of POSIX")
  void itSaysWhereItListensServesReloadsAndEndsWithZeroOnSigterm() throws Exception {
    try (var target = FakeTarget.http("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        var first = FakeProxy.of("u", "hidden");
        var second = FakeProxy.open()) {
      int port =
          start(
              "clients: {me: {secret: s3cret}}\nproxies: [{id: one, url: '%s'}]\n"
                  .formatted(first.url("http")));
      curl(port, target.port());
      assertThat(first.asked).hasSize(1);
      Path file = folder.resolve("proxyter.yaml");
      String changed =
          Files.readString(file)
              .replaceAll("proxies: .*", "proxies: [{id: two, url: '" + second.url("http") + "'}]");
      Files.writeString(file, changed);
      untilSaid(words -> words.contains("proxies.two added"));
      curl(port, target.port());
      assertThat(second.asked).hasSize(1);
      Files.writeString(file, changed + "strange: 1\n");
      untilSaid(words -> words.contains("config: strange is unknown"));
      Files.writeString(file, changed);
      untilSaid(words -> words.contains("can be used again"));
      signal("HUP");
      signal("TERM");
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(text("err")).contains("stopping", "stopped").doesNotContain("hidden", "s3cret");
      assertThat(text("out")).doesNotContain("hidden", "s3cret");
    }
  }

  /** With curl where there is one, else with the same bytes. */
  private void curl(int port, int target) throws Exception {
    Process curl;
    try {
      curl =
          new ProcessBuilder(
                  "curl",
                  "--silent",
                  "--noproxy",
                  "",
                  "--proxytunnel",
                  "--proxy",
                  "http://default:s3cret@127.0.0.1:" + port,
                  "http://localhost:" + target + "/")
              .start();
    } catch (IOException _) {
      try (var client = new FakeClient(port)) {
        assertThat(client.connect("localhost:" + target, FakeClient.basic("default:s3cret")))
            .contains(" 200 ");
        assertThat(client.send("GET / HTTP/1.1\r\n\r\n").head()).contains(" 200 ");
      }
      return;
    }
    String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(curl.waitFor()).isZero();
    assertThat(answer).isEqualTo("hi");
  }

  private void signal(String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of POSIX")
  void itWaitsForOpenTunnelsAndASecondSignalEndsItAtOnce() throws Exception {
    try (var target = FakeTarget.echo();
        var proxy = FakeProxy.open()) {
      int port = start("proxies: ['%s']\ndrain: {atStop: 1h}\n".formatted(proxy.url("http")));
      try (var client = new FakeClient(port)) {
        assertThat(client.connect("localhost:" + target.port(), "")).contains(" 200 ");
        signal("TERM");
        untilSaid(words -> words.contains("stopping: 1 tunnels"));
        assertThat(client.echo("still")).isEqualTo("still");
        assertThat(process.isAlive()).isTrue();
        signal("TERM");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(4);
      }
    }
  }

  @Test
  void aPortThatIsTakenIsSaidInOneLine() throws Exception {
    try (var taken = FakeTarget.echo()) {
      Path file =
          Files.writeString(
              folder.resolve("p.yaml"),
              "listen: {address: '127.0.0.1:%d'}\nadmin: {address: '127.0.0.1:0'}\nproxies: [direct]\n"
                  .formatted(taken.port()));
      assertThat(run("--config", file.toString())).isEqualTo(2);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains("cannot be opened", "free it")
          .hasLineCount(1);
    }
  }
}
