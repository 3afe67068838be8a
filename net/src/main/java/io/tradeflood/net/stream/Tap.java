package io.tradeflood.net.stream;

import io.tradeflood.live.FeedState;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Takes a channel's messages for those who asked for it with one reader. What comes before anybody
 * is attached is kept, within bounds: an exchange may begin with all it knows at once. But for
 * {@link #close} and what its value does, it belongs to its group's loop.
 *
 * @param <T> what is handed out
 */
abstract class Tap<T> implements AutoCloseable {
  private static final int MOST_KEPT = 10_000;

  /** How often in a row a message may be unreadable. */
  private static final int UNREADABLE = 10;

  private final Group group;
  private final PlannedChannel planned;
  private final CompletableFuture<T> ready = new CompletableFuture<>();
  private final AtomicBoolean attached = new AtomicBoolean();
  private @Nullable ArrayDeque<Runnable> kept = new ArrayDeque<>();
  private Runnable taken = () -> {};
  private boolean lost;
  private boolean ended;
  private int unreadable;

  Tap(Group group, PlannedChannel planned) {
    this.group = group;
    this.planned = planned;
  }

  /** What is handed out when the exchange has taken the subscription. */
  abstract T value();

  /** Reads a message that stands where the connector left off, and tells it. */
  abstract void read(Message message);

  /** Tells the sinks. */
  abstract void tell(FeedState state, Instant when);

  /** Tells the sinks. */
  abstract void tellEnd(Optional<Failure> why);

  /** Whether the source should stop reading for now. */
  abstract boolean isFull();

  /** Whether a missed or unreadable message makes it worthless until it is subscribed to anew. */
  abstract boolean isChain();

  CompletableFuture<T> ready() {
    return ready;
  }

  String name() {
    return planned.name();
  }

  Optional<Duration> quiet() {
    return planned.longestQuiet();
  }

  Group group() {
    return group;
  }

  /**
   * A message that came on one of the connections that carry the channel: both are told for a while
   * when one takes the place of the other. Rows of both are told; that they are told once is seen
   * to by who knows what they mean.
   */
  void message(Seat from, Message message) {
    message(message);
  }

  /** The exchange has taken the channel there; it may be the second connection to carry it. */
  void taken(Seat seat) {}

  /** Whether the connection is heard but does not lead yet. */
  boolean follows(Seat seat) {
    return false;
  }

  /** The connection must lead now, even if something breaks. */
  void hasten(Seat seat, String reason) {}

  /** The channel is lost there. */
  void lost(Seat seat) {}

  /** Reads a message; what cannot be read is told as a loss, and often in a row as the end. */
  void message(Message message) {
    if (ended) return;
    try {
      read(message);
      unreadable = 0;
    } catch (RuntimeException mistake) {
      group.unreadable(this, mistake, message, ++unreadable >= UNREADABLE);
    }
  }

  /** Tells something, or keeps it until somebody is attached. */
  final boolean keeps() {
    return kept != null;
  }

  final void keep(Runnable telling) {
    var all = kept;
    if (all == null || lost) return;
    if (all.size() < MOST_KEPT) all.add(telling);
    else {
      lost = true;
      all.clear();
    }
  }

  /** Somebody is attached: what was kept is told on the loop, in its order. */
  final void attached() {
    if (attached.compareAndSet(false, true)) group.loop().execute(this::release);
  }

  private void release() {
    var all = kept;
    kept = null;
    if (all == null) return;
    all.forEach(Runnable::run);
    taken.run();
    if (!lost || ended) return;
    group.lost(this, "nobody read it for so long that messages were dropped");
  }

  void state(FeedState state, Instant when) {
    if (ended) return;
    if (keeps()) keep(() -> tell(state, when));
    else tell(state, when);
  }

  void end(Optional<Failure> why) {
    if (ended) return;
    ended = true;
    lost = false;
    if (keeps()) keep(() -> tellEnd(why));
    else tellEnd(why);
  }

  /** The exchange has taken the subscription. */
  void taken() {
    if (ready.isDone()) return;
    taken = group.loop().handsOut();
    ready.complete(value());
  }

  /** It cannot be had. */
  void failed(Failure why) {
    if (!ready.completeExceptionally(why)) end(Optional.of(why));
  }

  void failedIfNotReady(Failure why) {
    ready.completeExceptionally(why);
  }

  @Override
  public void close() {
    group.leave(this);
    group.loop().execute(() -> taken.run());
  }
}
