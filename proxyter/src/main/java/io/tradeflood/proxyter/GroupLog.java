package io.tradeflood.proxyter;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.event.Event;
import io.tradeflood.proxyter.event.Journal;
import io.tradeflood.proxyter.health.Change;
import io.tradeflood.proxyter.health.Change.Severity;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Tells when less than half of a group serves, when nobody does, and when more do again. Guarded by
 * its own monitor; the journal is called while it is held.
 */
final class GroupLog {
  /** How well a group is. */
  private enum Standing {
    WELL,
    DEGRADED,
    EXHAUSTED
  }

  private final Journal journal;
  private final InstantSource clock;
  private final Map<String, Standing> before = new HashMap<>();

  GroupLog(Journal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Looks at every group.
   *
   * @param eligible how many members of a group serve
   */
  synchronized void look(Settings settings, ToIntFunction<String> eligible) {
    before.keySet().retainAll(settings.groups().keySet());
    for (Settings.Group group : settings.groups().values()) {
      int total = group.proxies().size();
      int serving = eligible.applyAsInt(group.id());
      Standing now =
          serving == 0 && total > 0
              ? Standing.EXHAUSTED
              : serving * 2 < total ? Standing.DEGRADED : Standing.WELL;
      Standing old = before.put(group.id(), now);
      if (old == null ? now != Standing.WELL : now != old) tell(settings, group, now, serving);
    }
  }

  private void tell(Settings settings, Settings.Group group, Standing now, int serving) {
    Event unused =
        journal.add(
            new Change(
                switch (now) {
                  case WELL -> "group.recovered";
                  case DEGRADED -> "group.degraded";
                  case EXHAUSTED -> "group.exhausted";
                },
                switch (now) {
                  case WELL -> Severity.INFO;
                  case DEGRADED -> Severity.WARNING;
                  case EXHAUSTED -> Severity.ERROR;
                },
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(group.id()),
                Optional.empty(),
                Optional.empty(),
                1,
                clock.instant(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "%d of %d serve".formatted(serving, group.proxies().size())),
            settings,
            _ -> serving);
  }
}
