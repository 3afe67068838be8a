package io.tradeflood.net.stream;

import io.tradeflood.net.StreamLoop;
import io.tradeflood.net.StreamWire;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The line of a connection: by which way and when it is dialed, again and again, and how often that
 * failed. Belongs to its group's loop.
 */
final class Link {
  /** A line that lasted as long begins with the first pause again. */
  private static final Duration STEADY = Duration.ofSeconds(30);

  private final Upstream upstream;
  private final Group group;
  private final StreamLoop loop;
  private volatile String url = "";
  private volatile String route = "";
  private volatile long bytesBefore;
  private volatile StreamWire.@Nullable Line line;
  private @Nullable ConnectBudget held;
  private StreamLoop.@Nullable Timer dialing;
  private int attempts;
  private boolean open;
  private long openedAt;
  private boolean paused;

  Link(Upstream upstream, Group group) {
    this.upstream = upstream;
    this.group = group;
    loop = group.loop();
  }

  String url() {
    return url;
  }

  String route() {
    return route;
  }

  StreamWire.@Nullable Line line() {
    return line;
  }

  /** How many bytes have come so far, by the lines before too. */
  long bytes() {
    var now = line;
    return bytesBefore + (now == null ? 0 : now.bytes());
  }

  /** Opens it as soon as the exchange allows, but not before the pause is over. */
  void dial(long pause) {
    var way = group.way();
    var budget = group.budget(way);
    if (!budget.hold()) {
      upstream.noRoom(way);
      return;
    }
    held = budget;
    route = way.toString();
    long wait = Math.max(pause, budget.reserve(loop.nanos() + pause) + pause);
    if (wait <= 0) open(way);
    else dialing = loop.schedule(wait, () -> open(way));
  }

  /** Begins when there may be room again. */
  void beginLater() {
    dialing = loop.schedule(group.streams().settings().longestBackOff().toNanos(), upstream::begin);
  }

  private void open(StreamWire.Way way) {
    dialing = null;
    var wire = group.streams().wire();
    var opening = upstream.connecting(way);
    url = wire.shown(opening);
    line = wire.open(opening, loop, upstream);
  }

  void opened() {
    open = true;
    openedAt = loop.nanos();
  }

  /** It has ended, or could not be opened. */
  void closed(Failure why) {
    if (open && loop.nanos() - openedAt >= STEADY.toNanos()) attempts = 0;
    if (why instanceof Failure.Limited pause) {
      long left = Duration.between(loop.instant(), pause.until()).toNanos();
      if (held != null) held.shut(loop.nanos() + left);
    } else attempts++;
    down();
  }

  /** Whether it was tried often enough to say that it cannot be opened. */
  boolean isTiredOut() {
    return attempts >= group.streams().settings().tries();
  }

  /** Something else is dialed than before. */
  void forgetTries() {
    attempts = 0;
  }

  /** The pause before the next try, which grows with each. */
  long backOff() {
    var settings = group.streams().settings();
    double grown = settings.backOff().toNanos() * Math.pow(2, Math.min(attempts, 30) - 1);
    return group
        .streams()
        .jittered(Duration.ofNanos((long) Math.min(grown, settings.longestBackOff().toNanos())));
  }

  void close() {
    var now = line;
    if (now != null) now.close();
  }

  /** Closes it, because nothing comes by it. */
  void dead() {
    var now = line;
    if (now != null) now.dead();
  }

  /** Closes it for good. */
  void end() {
    if (dialing != null) dialing.cancel();
    close();
    down();
  }

  private void down() {
    bytesBefore = bytes();
    line = null;
    open = false;
    paused = false;
    if (held != null) held.release();
    held = null;
  }

  boolean isPaused() {
    return paused;
  }

  void pause() {
    var now = line;
    if (paused || now == null) return;
    paused = true;
    now.pause();
  }

  void resume() {
    var now = line;
    if (!paused || now == null) return;
    paused = false;
    now.resume();
  }
}
