package io.tradeflood.proxyter.admin;

import io.tradeflood.proxyter.event.Event;
import io.tradeflood.proxyter.event.Journal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Writes events as they happen, as the browser's {@code EventSource} reads them. */
final class Streams {
  static final String TYPE = "text/event-stream";
  private static final int AT_ONCE = 200;

  private final Journal journal;
  private final Duration heartbeat;

  /** Takes what is written; returns when it has left. */
  @FunctionalInterface
  interface Writer {
    void write(String text) throws InterruptedException, ExecutionException, TimeoutException;
  }

  /**
   * @param heartbeat after so long without an event something is sent nevertheless, by which both
   *     sides see that the other is there
   */
  Streams(Journal journal, Duration heartbeat) {
    this.journal = journal;
    this.heartbeat = heartbeat;
  }

  /** Until the writer throws. A follower that names its last event gets every one behind it. */
  void follow(Reply.Events wanted, Writer out)
      throws InterruptedException, ExecutionException, TimeoutException {
    long last = wanted.after().orElseGet(journal::last);
    out.write("retry: 2000\n: events\n\n");
    // A journal that began anew has smaller numbers: nothing of it is known to the follower.
    if (last > journal.last()) {
      out.write(gap(last, 0));
      last = 0;
    }
    while (!Thread.currentThread().isInterrupted()) {
      List<Event> events = journal.await(last, AT_ONCE, heartbeat);
      var text = new StringBuilder();
      if (!events.isEmpty() && events.getFirst().seq() > last + 1 && last > 0)
        text.append(gap(last, events.getFirst().seq() - 1));
      for (Event event : events) {
        last = event.seq();
        if (isWanted(event.type(), wanted.types()))
          text.append("id: ")
              .append(event.seq())
              .append("\nevent: ")
              .append(event.type())
              .append("\ndata: ")
              .append(Journal.json(event))
              .append("\n\n");
      }
      if (text.isEmpty()) text.append(": ").append(last).append("\n\n");
      out.write(text.toString());
      if (events.isEmpty() && journal.isClosed()) return;
    }
  }

  /** Events that are not remembered any more; the file may have them. */
  private static String gap(long after, long before) {
    return "event: gap\ndata: {\"after\":%d,\"upTo\":%d}\n\n".formatted(after, before);
  }

  static boolean isWanted(String type, List<String> patterns) {
    return patterns.isEmpty()
        || patterns.stream()
            .anyMatch(
                p ->
                    p.endsWith("*")
                        ? type.startsWith(p.substring(0, p.length() - 1))
                        : type.equals(p));
  }
}
