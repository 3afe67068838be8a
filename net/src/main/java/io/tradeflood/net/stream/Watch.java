package io.tradeflood.net.stream;

import io.tradeflood.net.StreamLoop;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an open connection alive and notices when it, or one of its channels, is not. Belongs to
 * its group's loop.
 */
final class Watch {
  private static final Duration LONGEST = Duration.ofSeconds(1);
  private static final Duration SHORTEST = Duration.ofMillis(20);

  private final Upstream upstream;
  private final Group group;
  private final StreamLoop loop;
  private final Keepalive keepalive;
  private final Duration quiet;
  private StreamLoop.@Nullable Timer next;
  private long lastData;
  private long lastHeard;
  private long lastPing;
  private long lastSent;
  private long replaceAt;
  private boolean open;

  Watch(Upstream upstream, Group group) {
    this.upstream = upstream;
    this.group = group;
    loop = group.loop();
    keepalive = group.connector().keepalive();
    quiet = group.limits().quiet();
  }

  void begin() {
    open = true;
    restart();
    Duration lifetime = group.limits().connections().lifetime();
    // Some time before the exchange's own cut, and not all at the same time.
    long early = lifetime.toNanos() / 20 + group.streams().jittered(lifetime.dividedBy(10));
    replaceAt = loop.nanos() + lifetime.toNanos() - early;
    schedule();
  }

  /** Begins to count anew. */
  void restart() {
    lastData = lastHeard = lastPing = lastSent = loop.nanos();
    for (Seat seat : upstream.seats()) seat.lastData = lastData;
  }

  void end() {
    open = false;
    if (next != null) next.cancel();
    next = null;
  }

  private void schedule() {
    long shortest =
        Stream.concat(
                Stream.of(LONGEST.multipliedBy(4), quiet),
                Stream.concat(keepalive.every().stream(), keepalive.serverPings().stream()))
            .min(Duration::compareTo)
            .orElseThrow()
            .toNanos();
    for (Seat seat : upstream.seats())
      shortest = Math.min(shortest, seat.channel.quiet().map(Duration::toNanos).orElse(shortest));
    next = loop.schedule(Math.max(SHORTEST.toNanos(), shortest / 4), this::look);
  }

  /** Something came. */
  void heard() {
    lastHeard = loop.nanos();
  }

  /** Data came; when that was. */
  long data() {
    lastData = lastHeard;
    return lastData;
  }

  void pinged() {
    heard();
    lastPing = lastHeard;
  }

  /** Whether the message is the answer to a ping. */
  boolean isAnswer(Message message) {
    var answer = keepalive.answer();
    return answer.isPresent()
        && message.length() <= 4 * answer.get().length()
        && !message.begins('{')
        && !message.begins('[')
        && keepalive.isAnswer(message.text());
  }

  private void look() {
    next = null;
    if (!upstream.isPaused()) judge();
    if (open && next == null) schedule();
  }

  private void judge() {
    long now = loop.nanos();
    boolean carries = upstream.seats().stream().anyMatch(seat -> seat.state == Seat.State.TAKEN);
    if (!carries) lastData = now;
    if (now - lastData > longestSilence().toNanos()) {
      upstream.stale("has sent no data for " + words(now - lastData));
      return;
    }
    var pings = keepalive.serverPings();
    if (pings.isPresent() && now - lastPing > pings.get().toNanos()) {
      upstream.stale("has sent no ping for " + words(now - lastPing));
      return;
    }
    if (keepalive.every().isPresent() && now - lastSent >= keepalive.every().get().toNanos()) {
      if (lastHeard < lastSent) {
        upstream.stale("has not answered a ping for " + words(now - lastSent));
        return;
      }
      lastSent = now;
      upstream.ping();
    }
    if (now >= replaceAt) group.replace(upstream, "its time is nearly over");
    for (Seat seat : List.copyOf(upstream.seats())) judge(seat, now);
  }

  /**
   * How long no data at all is no fault: as long as for the channel of which it is the least long.
   * Where nobody pings, only data tells that the connection is there.
   */
  private Duration longestSilence() {
    boolean pings = keepalive.every().isPresent() || keepalive.serverPings().isPresent();
    if (!pings) return quiet;
    return upstream.seats().stream()
        .filter(seat -> seat.state == Seat.State.TAKEN)
        .map(seat -> seat.channel.quiet().orElse(quiet))
        .min(Comparator.naturalOrder())
        .filter(shortest -> shortest.compareTo(quiet) > 0)
        .orElse(quiet);
  }

  private void judge(Seat seat, long now) {
    if (seat.state != Seat.State.TAKEN) return;
    var longest = seat.channel.quiet();
    if (longest.isEmpty() || now - seat.lastData <= longest.get().toNanos()) return;
    String reason = "no data of %s for %s".formatted(seat.name(), words(now - seat.lastData));
    seat.lastData = now;
    seat.channel.state(new io.tradeflood.live.FeedState.Stale(reason + ": subscribed to anew"));
    upstream.renew(seat, reason);
  }

  private static String words(long nanos) {
    long millis = nanos / 1_000_000;
    return millis >= 10_000 ? millis / 1000 + " s" : millis + " ms";
  }
}
