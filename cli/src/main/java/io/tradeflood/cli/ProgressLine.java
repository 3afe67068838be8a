package io.tradeflood.cli;

import io.tradeflood.PlanRun;
import io.tradeflood.Progress;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
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
  static ProgressLine of(PlanRun run) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("pulling")
            .setUnit(" calls", 1)
            .setInitialMax(Math.max(1, run.progress().callsPlanned()))
            .setUpdateIntervalMillis(200)
            .setStyle(ProgressBarStyle.ASCII)
            .clearDisplayOnFinish()
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

  private static void show(Progress progress, ProgressBar bar) {
    bar.maxHint(Math.max(1, progress.callsPlanned()));
    bar.stepTo(progress.callsDone());
    bar.setExtraMessage(String.format(Locale.ROOT, "%,d rows", progress.rows()));
  }
}
