package io.tradeflood.net.callback;

import io.tradeflood.live.Arrival;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.FeedSource;
import io.tradeflood.live.FeedState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;

/** Reads what was posted, on a thread of its own, after its sender was answered. */
final class Hook<T> implements Feed<T>, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Hook.class.getName());
  private static final int MOST_WAITING = 10_000;

  private final Hooks hooks;
  private final CallbackConnector connector;
  private final CallbackConnector.PostReader<T> reader;
  private final ArrayBlockingQueue<Post> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Semaphore room = new Semaphore(0);
  private final FeedSource<T> source = new FeedSource<>(room::release);
  private final Thread thread;

  Hook(Hooks hooks, CallbackConnector connector, CallbackConnector.PostReader<T> reader) {
    this.hooks = hooks;
    this.connector = connector;
    this.reader = reader;
    thread = Thread.ofVirtual().name("tradeflood-hook").unstarted(this::run);
  }

  CallbackConnector connector() {
    return connector;
  }

  void begin(Instant now) {
    source.state(new FeedState.Connected(), now);
    thread.start();
  }

  /** Takes a post; false if there is no room for it. */
  boolean take(Post post) {
    return waiting.offer(post);
  }

  private void run() {
    try {
      while (true) {
        while (source.isFull()) room.acquire();
        tell(waiting.take());
      }
    } catch (InterruptedException _) {
      source.end(Optional.empty());
    }
  }

  private void tell(Post post) {
    List<T> rows;
    try {
      rows = reader.read(post.body());
    } catch (Exception unreadable) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: a post could not be read: {1}",
          connector.context().hostName(),
          unreadable.getMessage());
      return;
    }
    if (rows.isEmpty()) return;
    source.rows(
        rows,
        new Arrival(
            post.received(),
            Arrival.STREAM,
            source.wantsRaw()
                ? Optional.of(new String(post.body(), StandardCharsets.UTF_8))
                : Optional.empty()));
  }

  @Override
  public Attachment attach(FeedSink<? super T> sink) {
    return source.attach(sink);
  }

  @Override
  public void close() {
    hooks.leave(this);
    thread.interrupt();
  }
}
