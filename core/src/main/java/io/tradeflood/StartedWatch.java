package io.tradeflood;

import io.tradeflood.live.Event;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedReader;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.Overflow;
import io.tradeflood.live.ReadOptions;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Requests that are watched. */
final class StartedWatch implements Watch {
  private final List<Request<?>> requests;
  private final Map<Request<?>, Lives.Held<?>> held = new LinkedHashMap<>();
  private final Set<Watching> watching = ConcurrentHashMap.newKeySet();
  private final Set<Reading<?>> reading = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  StartedWatch(List<Request<?>> requests, List<LivePart<?>> parts, Lives lives) {
    this.requests = requests;
    for (LivePart<?> part : parts) held.put(part.request(), lives.hold(part));
  }

  /** Nothing comes before. */
  void begin() {
    for (Lives.Held<?> one : held.values()) one.begin();
  }

  /** A sink of one of the feeds, until the watch is closed. */
  private final class Watching implements Feed.Attachment {
    private final FeedSink<?> sink;
    private final Feed.Attachment attachment;

    Watching(FeedSink<?> sink, Feed.Attachment attachment) {
      this.sink = sink;
      this.attachment = attachment;
    }

    @Override
    public void close() {
      watching.remove(this);
      attachment.close();
    }

    @Override
    public void relieved() {
      attachment.relieved();
    }

    void end() {
      close();
      sink.end(Optional.empty());
    }
  }

  @Override
  public List<Request<?>> requests() {
    return requests;
  }

  @Override
  @SuppressWarnings("unchecked") // the part of a request is of the request's model
  public <M> Feed<M> feed(Request<M> request) {
    var known = (Lives.Held<M>) held.get(request);
    if (known == null) throw new IllegalArgumentException("The watch has no request " + request);
    return new Feed<>() {
      @Override
      public Attachment attach(FeedSink<? super M> sink) {
        if (closed) throw new IllegalStateException("The watch is closed: start another");
        return joined(sink, known.feed().attach(sink));
      }

      @Override
      public FeedReader<M> read(ReadOptions options) {
        // Who wants the newest only is served best by the feed itself: a book is made when it
        // reads.
        if (options.overflow() != Overflow.CONFLATE) return Feed.super.read(options);
        if (closed) throw new IllegalStateException("The watch is closed: start another");
        return joined(known.feed().read(options));
      }
    };
  }

  private Feed.Attachment joined(FeedSink<?> sink, Feed.Attachment attachment) {
    var one = new Watching(sink, attachment);
    watching.add(one);
    if (closed) one.end();
    return one;
  }

  private <M> FeedReader<M> joined(FeedReader<M> reader) {
    var one = new Reading<>(reader, this);
    reading.add(one);
    if (closed) one.close();
    return one;
  }

  /** A reader of one of the feeds, until it or the watch is closed. */
  private record Reading<M>(FeedReader<M> reader, StartedWatch watch) implements FeedReader<M> {
    @Override
    public boolean hasNext() {
      return reader.hasNext();
    }

    @Override
    public Event<M> next() {
      return reader.next();
    }

    @Override
    public Optional<Event<M>> poll(Duration longest) throws InterruptedException {
      return reader.poll(longest);
    }

    @Override
    public boolean isEnded() {
      return reader.isEnded();
    }

    @Override
    public Optional<Failure> failure() {
      return reader.failure();
    }

    @Override
    public int lag() {
      return reader.lag();
    }

    @Override
    public long dropped() {
      return reader.dropped();
    }

    @Override
    public void close() {
      watch.reading.remove(this);
      reader.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Watching one : new ArrayList<>(watching)) one.end();
    for (Reading<?> one : new ArrayList<>(reading)) one.close();
    for (Lives.Held<?> one : held.values()) one.close();
  }
}
