package io.tradeflood.cli;

import io.tradeflood.PlanRun;
import io.tradeflood.Progress;
import io.tradeflood.connector.Waiting.Wait;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on stderr for as long as it is open. */
interface ProgressLine extends AutoCloseable {
  @Override
  void close();

  /** Nothing. */
  static ProgressLine none() {
    return () -> {};
  }

  /** How far a run has come: calls done of those known, and rows. */
  static ProgressLine of(PlanRun run, Terminal terminal) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("")
            .hideEta()
            .setInitialMax(Math.max(1, run.progress().callsPlanned()))
            .setUpdateIntervalMillis(200)
            .setStyle(ProgressBarStyle.ASCII)
            .clearDisplayOnFinish()
            .setConsumer(new Line(terminal.err(), terminal.errWidth() - 1))
            .build();
    var thread =
        Thread.ofVirtual()
            .name("progress")
            .start(
                () -> {
                  try {
                    while (true) {
                      show(run.progress(), bar);
                      Thread.sleep(Duration.ofMillis(200));
                    }
                  } catch (InterruptedException _) {
                    show(run.progress(), bar);
                  }
                });
    return () -> {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      bar.close();
    };
  }

  /**
   * A line that is written over and over. The library's own one asks its terminal for the width,
   * which takes Ctrl-C away from the JVM: the program would end without any farewell.
   */
  record Line(PrintStream out, int width) implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return width;
    }

    @Override
    public void accept(String text) {
      String whole = text.length() > width ? text.substring(0, width) : text;
      out.print('\r' + whole + " ".repeat(width - whole.length()));
      out.flush();
    }

    @Override
    public void clear() {
      accept("");
      out.print('\r');
      out.flush();
    }

    @Override
    public void close() {}
  }

  private static void show(Progress progress, ProgressBar bar) {
    bar.maxHint(Math.max(1, progress.callsPlanned()));
    bar.stepTo(progress.callsDone());
    bar.setExtraMessage(
        longest(progress)
            .map(ProgressLine::words)
            .orElseGet(() -> String.format(Locale.ROOT, "%,d rows", progress.rows())));
  }

  /** What a run waits for longest. */
  private static Optional<Wait> longest(Progress progress) {
    return progress.waits().stream().max(Comparator.comparing(Wait::left));
  }

  /** Short enough for a line of 80 columns. */
  static String words(Wait wait) {
    long seconds = Math.ceilDiv(wait.left().toMillis(), 1000);
    return "%s %d s for %s".formatted(wait.pause() ? "pauses" : "waits", seconds, wait.limit());
  }
}
