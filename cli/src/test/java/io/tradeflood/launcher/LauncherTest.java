package io.tradeflood.launcher;

import static java.util.regex.Matcher.quoteReplacement;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the launcher in a small project of its own, with a JDK and a Maven made of shell scripts:
 * the first prints what it was started with, the second counts its calls and leaves a jar.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherTest {

  private static final String JAVA =
      """
      #!/bin/sh
      case "$*" in *AOTCacheOutput*) exit 1 ;; esac
      [ "${1:-}" = -version ] || printf '%s\\n' "$@"
      exit "${FAKE_EXIT:-0}"
      """;

  private static final String MAVEN =
      """
      #!/bin/sh
      printf '%s\\n' "$*" >>maven.calls
      if [ -f held ]; then
        while [ ! -f released ]; do sleep 0.02; done
      fi
      if grep -q wrong core/src/main/Source.java 2>/dev/null; then
        echo '[INFO] noise'
        echo '[ERROR] COMPILATION ERROR : '
        echo '[ERROR] Source.java:[1,2] cannot find symbol'
        echo '[ERROR] Failed to execute goal compile: Source.java:[1,2] cannot find symbol -> [Help 1]'
        echo '[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.'
        exit 1
      fi
      for module in cli bench proxyter; do
        mkdir -p $module/target/dist.new/lib
        : >$module/target/dist.new/lib/$module.jar
      done
      """;

  @TempDir Path folder;
  private Path home;
  private Path jdk;
  private Path maven;

  @BeforeEach
  void makeAProject() throws IOException {
    Path real = folder.toRealPath();
    home = Files.createDirectory(real.resolve("a project"));
    Files.copy(Path.of("..", "tradeflood"), home.resolve("tradeflood"));
    assertThat(home.resolve("tradeflood").toFile().setExecutable(true)).isTrue();
    write(home.resolve("pom.xml"), "<project/>");
    for (String module : List.of("core", "cli", "bench", "proxyter")) {
      write(home.resolve(module + "/pom.xml"), "<project/>");
      write(home.resolve(module + "/src/main/Source.java"), "class Source {}");
    }
    jdk = jdk("jdk25", "25.0.3");
    maven = real.resolve("maven");
    script(maven.resolve("bin/mvn"), MAVEN);
  }

  @Test
  void buildsThenRunsTheCommandWithItsArgumentsAsTheyWere() throws Exception {
    Outcome outcome = launch("pull", "binance", "two words", "*");

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out())
        .containsSubsequence(
            "-cp",
            home + "/cli/target/dist/lib/cli.jar",
            "io.tradeflood.cli.Main",
            "pull",
            "binance",
            "two words",
            "*");
    assertThat(outcome.err())
        .hasSize(2)
        .allMatch(line -> line.startsWith("tradeflood: "))
        .last()
        .asString()
        .startsWith("tradeflood: built in ");
    assertThat(builds()).singleElement().asString().contains("--projects cli", "-Dmaven.test.skip");
  }

  @Test
  void buildsNothingAndSaysNothingWhenNothingChanged() throws Exception {
    launch("list");
    Outcome second = launch("list");

    assertThat(second.err()).isEmpty();
    assertThat(second.out()).last().isEqualTo("list");
    assertThat(builds()).hasSize(1);
  }

  @Test
  void startsWithoutACacheThatTheJvmBrokeOn() throws Exception {
    String breaking =
        """
        case "$*" in *AOTCacheOutput*)
          for word; do
            case $word in
              -XX:AOTCacheOutput=*) : >"${word#*=}" && : >"${word#*=}.config" ;;
              -XX:ErrorFile=*) : >"${word#*=}" ;;
            esac
          done
          exit 134 ;;
        esac
        """;
    script(jdk.resolve("bin/java"), JAVA.replaceFirst("\n", "\n" + quoteReplacement(breaking)));

    assertThat(launch("list").exit()).isZero();
    assertThat(launch("list").out()).noneMatch(word -> word.contains("AOTCache")).contains("list");
    try (var files = Files.list(home.resolve("cli/target/dist"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("lib", "stamp");
    }
  }

  @Test
  void buildsAgainWhenASourceOrAPomChangedOrASourceIsGone() throws Exception {
    launch("list");
    write(home.resolve("core/src/main/Source.java"), "class Source { int x; }");
    launch("list");
    write(home.resolve("core/pom.xml"), "<project></project>");
    launch("list");
    Files.delete(home.resolve("core/src/main/Source.java"));
    launch("list");

    assertThat(builds()).hasSize(4);
  }

  @Test
  void buildsTheBenchmarksOnlyWhenTheyAreAskedFor() throws Exception {
    launch("list");
    write(home.resolve("bench/src/main/Source.java"), "class Source { int x; }");
    launch("list");
    assertThat(builds()).hasSize(1);

    Outcome bench = launch("bench", "turn");

    assertThat(bench.out()).containsSubsequence("io.tradeflood.bench.Main", "turn");
    assertThat(builds()).hasSize(2).last().asString().contains("--projects bench");
  }

  @Test
  void proxyterIsAProgramOfItsOwnThatNeedsNothingElseAndThatNothingElseNeeds() throws Exception {
    Outcome proxyter = launch("proxyter", "--config", "a file.yaml");

    assertThat(proxyter.out())
        .containsSubsequence("io.tradeflood.proxyter.Main", "--config", "a file.yaml");
    assertThat(builds()).singleElement().asString().contains("--projects proxyter");
    write(home.resolve("core/src/main/Source.java"), "class Source { int x; }");
    launch("proxyter", "--help");
    assertThat(builds()).hasSize(1);
    launch("list");
    write(home.resolve("proxyter/src/main/Source.java"), "class Source { int y; }");
    launch("list");
    assertThat(builds()).hasSize(2);
    launch("proxyter", "--help");
    assertThat(builds()).hasSize(3);
  }

  @Test
  void showsTheCompilersErrorsOnceAndRunsNothingWhenTheBuildFails() throws Exception {
    write(home.resolve("core/src/main/Source.java"), "wrong");

    Outcome outcome = launch("list");

    assertThat(outcome.exit()).isEqualTo(4);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .hasSize(3)
        .contains("[ERROR] Source.java:[1,2] cannot find symbol")
        .last()
        .asString()
        .startsWith("tradeflood: the build failed: ");
  }

  @Test
  void buildsAgainAfterABuildThatFailed() throws Exception {
    launch("list");
    write(home.resolve("core/src/main/Source.java"), "wrong");
    launch("list");
    write(home.resolve("core/src/main/Source.java"), "class Source {}");

    assertThat(launch("list").exit()).isZero();
    assertThat(builds()).hasSize(3);
  }

  @Test
  void buildsOnceWhenASecondStartsDuringTheBuild() throws Exception {
    write(home.resolve("held"), "");
    Process first = start(Map.of(), home, home + "/tradeflood", "list");
    Process second;
    try (BufferedReader words = first.errorReader()) {
      assertThat(words.readLine()).contains("building");
      second = start(Map.of(), home, home + "/tradeflood", "list");
      try (BufferedReader others = second.errorReader()) {
        assertThat(others.readLine()).contains("waiting for the build");
        write(home.resolve("released"), "");
        assertThat(others.readLine()).isNull();
      }
    }

    assertThat(first.waitFor()).isZero();
    assertThat(second.waitFor()).isZero();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void startsFromAnyFolderAndThroughSymbolicLinks() throws Exception {
    Path elsewhere = Files.createDirectory(folder.toRealPath().resolve("elsewhere"));
    Files.createSymbolicLink(elsewhere.resolve("one"), Path.of("..", "a project", "tradeflood"));
    Files.createSymbolicLink(elsewhere.resolve("two"), Path.of("one"));

    Outcome outcome = run(Map.of(), elsewhere, "./two", "list");

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).contains("-Dtradeflood.home=" + home);
  }

  @Test
  void passesOverAJavaHomeOfAnotherVersion() throws Exception {
    Path old = jdk("jdk17", "17.0.15");
    String path = jdk.resolve("bin") + ":/usr/bin:/bin";

    Outcome outcome =
        run(Map.of("JAVA_HOME", old.toString(), "PATH", path), home, "./tradeflood", "list");

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).last().isEqualTo("list");
  }

  @Test
  void keepsTheExitCodeOfTheCommand() throws Exception {
    assertThat(run(Map.of("FAKE_EXIT", "3"), home, "./tradeflood", "list").exit()).isEqualTo(3);
  }

  @Test
  void runsAPackagedFolderWithoutMaven() throws Exception {
    Path packaged = Files.createDirectory(folder.toRealPath().resolve("packaged"));
    Files.copy(Path.of("..", "tradeflood"), packaged.resolve("tradeflood"));
    assertThat(packaged.resolve("tradeflood").toFile().setExecutable(true)).isTrue();
    write(packaged.resolve("lib/cli.jar"), "");

    Outcome outcome = run(Map.of("MAVEN_HOME", "/nowhere"), packaged, "./tradeflood", "test", "it");

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .containsSubsequence(packaged + "/lib/cli.jar", "io.tradeflood.cli.Main", "test", "it");
  }

  @Test
  void refusesToCallATestRunGreenThatRanNoTest() throws Exception {
    Outcome outcome = launch("test");

    assertThat(outcome.exit()).isEqualTo(4);
    assertThat(outcome.out()).contains("tests: 0 passed, 0 failed, 0 skipped");
    assertThat(outcome.err()).last().asString().startsWith("tradeflood: no test ran");
  }

  private Outcome launch(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("./tradeflood"));
    command.addAll(List.of(arguments));
    return run(Map.of(), home, command.toArray(String[]::new));
  }

  private Outcome run(Map<String, String> environment, Path in, String... command)
      throws Exception {
    Process process = start(environment, in, command);
    List<String> err = new ArrayList<>();
    Thread reader = Thread.ofVirtual().start(() -> process.errorReader().lines().forEach(err::add));
    List<String> out = process.inputReader().lines().toList();
    reader.join();
    return new Outcome(process.waitFor(), out, List.copyOf(err));
  }

  private Process start(Map<String, String> environment, Path in, String... command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(in.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME", folder.toString(),
                "PATH", "/usr/bin:/bin",
                "JAVA_HOME", jdk.toString(),
                "MAVEN_HOME", maven.toString()));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(home.resolve("maven.calls"));
  }

  private Path jdk(String name, String version) throws IOException {
    Path made = folder.toRealPath().resolve(name);
    script(made.resolve("bin/java"), JAVA);
    script(made.resolve("bin/javac"), "#!/bin/sh\n");
    write(made.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return made;
  }

  private static void script(Path file, String text) throws IOException {
    write(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private record Outcome(int exit, List<String> out, List<String> err) {}
}
