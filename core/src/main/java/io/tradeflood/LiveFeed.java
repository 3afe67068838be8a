package io.tradeflood;

import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.FeedSource;
import io.tradeflood.turn.Failure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A feed that is watched. */
abstract class LiveFeed<M> extends Live {
  final Lives lives;
  private final FeedSource<M> out;
  private final Thread opening = Thread.ofVirtual().name("watch ", 0).unstarted(this::attach);
  private volatile Feed.@Nullable Attachment attachment;

  /**
   * @param keeps whether who comes late is told the newest row too
   */
  LiveFeed(Object key, Lives lives, boolean keeps) {
    super(key);
    this.lives = lives;
    this.out = new FeedSource<>(this::relieved, keeps);
  }

  /**
   * The feed as the exchange tells it, once there is one.
   *
   * @throws Failure if it cannot be had
   */
  abstract Feed<M> open() throws InterruptedException;

  /** What makes the exchange's feed the one that is watched. */
  abstract FeedSink<M> stage(FeedSource<M> watched);

  /** Lets go of what {@link #open} gave. */
  abstract void leave();

  final Feed<M> feed() {
    return out;
  }

  private void relieved() {
    var attached = attachment;
    if (attached != null) attached.relieved();
  }

  @Override
  void begin() {
    opening.start();
  }

  private void attach() {
    try {
      attachment = open().attach(new Ending<>(stage(out), () -> lives.forget(this)));
    } catch (InterruptedException e) {
      out.end(Optional.empty());
    } catch (Failure failure) {
      lives.forget(this);
      out.end(Optional.of(failure));
    }
  }

  @Override
  final void end() {
    opening.interrupt();
    var attached = attachment;
    if (attached != null) attached.close();
    leave();
    out.end(Optional.empty());
  }
}
