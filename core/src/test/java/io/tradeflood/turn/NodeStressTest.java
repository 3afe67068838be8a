package io.tradeflood.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jcstress.annotations.Actor;

/**
 * Starts the stress harness on {@link NodeStress} and {@link RunStress} in a process of its own,
 * for a few seconds each.
 */
class NodeStressTest {

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void noRaceLosesAnybody(@TempDir Path folder) throws IOException, InterruptedException {
    var log = folder.resolve("log.txt");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jcstress.Main",
                "-t",
                "NodeStress|RunStress",
                "-f",
                "1",
                "-iters",
                "1",
                "-time",
                "300",
                "-sc",
                "false",
                "-af",
                "NONE",
                "-jvmArgs",
                "-Xmx256m",
                "-r",
                folder.resolve("report").toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      int exit = process.waitFor();

      var words = Files.readString(log);
      assertThat(exit).as(words).isZero();
      int races = races(NodeStress.class) + races(RunStress.class);
      assertThat(words)
          .contains(
              "%1$d planned; %1$d passed, 0 failed, 0 soft errs, 0 hard errs".formatted(races))
          .contains("Failed tests: No matches.")
          .contains("Error tests: No matches.");
    } finally {
      process.destroyForcibly();
    }
  }

  /** Those that the harness runs here: it wants a processor for each actor. */
  private static int races(Class<?> of) {
    int processors = Runtime.getRuntime().availableProcessors();
    return (int)
        Arrays.stream(of.getDeclaredClasses())
            .mapToLong(NodeStressTest::actors)
            .filter(actors -> actors > 0 && actors <= processors)
            .count();
  }

  private static long actors(Class<?> race) {
    return Arrays.stream(race.getMethods())
        .filter(method -> method.isAnnotationPresent(Actor.class))
        .count();
  }
}
