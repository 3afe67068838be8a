package io.tradeflood.proxyter;

import io.tradeflood.proxyter.config.Configuration.State;
import io.tradeflood.proxyter.config.Difference;
import io.tradeflood.proxyter.event.Event;
import io.tradeflood.proxyter.event.Journal;
import io.tradeflood.proxyter.health.Change.Severity;
import java.util.List;
import java.util.function.Consumer;

/** Writes down what becomes of the configuration. Called under the configuration's lock. */
final class ConfigurationLog implements Consumer<State> {
  private static final System.Logger LOG = System.getLogger(ConfigurationLog.class.getName());

  private final Journal journal;
  private State before;

  ConfigurationLog(State first, Journal journal) {
    this.before = first;
    this.journal = journal;
  }

  @Override
  public void accept(State now) {
    State old = before;
    before = now;
    if (now.rejected().isPresent() && !now.rejected().equals(old.rejected()))
      rejected(now, now.rejected().get().lines().toList());
    else if (now.revision() != old.revision()) changed(now, now.since(old));
    else
      add(
          "config.reloaded",
          Severity.INFO,
          "config",
          "the file can be used again, revision %d stays in force".formatted(now.revision()));
  }

  private void rejected(State now, List<String> problems) {
    String words = "the file is refused, revision %d stays in force: ".formatted(now.revision());
    for (String problem : problems) LOG.log(System.Logger.Level.ERROR, "config: " + problem);
    add("config.rejected", Severity.ERROR, "config", words + String.join("; ", problems));
  }

  private void changed(State now, Difference difference) {
    add(
        "config.reloaded",
        Severity.INFO,
        "config",
        "revision %d: %s".formatted(now.revision(), difference));
    for (Difference.Entry entry : difference.entries()) {
      if (!entry.section().equals("proxies")) continue;
      String subject = "proxy:" + entry.id();
      switch (entry.kind()) {
        case ADDED -> add("proxy.added", Severity.INFO, subject, subject + " added");
        case REMOVED -> add("proxy.removed", Severity.INFO, subject, subject + " removed");
        case CHANGED -> {}
      }
    }
  }

  private void add(String type, Severity severity, String subject, String message) {
    Event unused = journal.add(type, severity, subject, message);
  }
}
