package io.tradeflood;

import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedSink;
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
  private volatile boolean closed;

  StartedWatch(List<Request<?>> requests, List<LivePart<?>> parts, Lives lives) {
    this.requests = requests;
    for (LivePart<?> part : parts) held.put(part.request(), lives.hold(part));
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
    };
  }

  private Feed.Attachment joined(FeedSink<?> sink, Feed.Attachment attachment) {
    var one = new Watching(sink, attachment);
    watching.add(one);
    if (closed) one.end();
    return one;
  }

  @Override
  public void close() {
    closed = true;
    for (Watching one : new ArrayList<>(watching)) one.end();
    for (Lives.Held<?> one : held.values()) one.close();
  }
}
