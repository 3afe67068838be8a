package io.tradeflood.live;

import java.util.List;
import java.util.function.Function;

/**
 * A live sequence of events of one model, shared by all who read it: each reader has its own place
 * in it, and a slow one harms only itself. A reader gets what comes after it began; it is first
 * told how the feed stands. Safe for use by many threads.
 *
 * @param <M> the model
 */
public interface Feed<M> {
  /** Begins to read. */
  default FeedReader<M> read(ReadOptions options) {
    var reader = new QueuedReader<M>(options);
    reader.attached(attach(reader));
    return reader;
  }

  /** Begins to read, with {@link ReadOptions#standard}. */
  default FeedReader<M> read() {
    return read(ReadOptions.standard());
  }

  /** Has a sink told of everything from now on. */
  Attachment attach(FeedSink<? super M> sink);

  /** That a sink is told. */
  interface Attachment extends AutoCloseable {
    /** Tells it no more; nothing is on its way to it when this returns, unless it calls this. */
    @Override
    void close();

    /** The sink has room again, see {@link FeedSink#isFull}. */
    default void relieved() {}
  }

  /** This feed with each row changed by a pure function. */
  default <N> Feed<N> map(Function<? super M, ? extends N> function) {
    return flatMap(row -> List.of(function.apply(row)));
  }

  /**
   * This feed with none, one or several rows in the place of each. If the function fails, the sink
   * that it was called for is told the end.
   */
  default <N> Feed<N> flatMap(Function<? super M, ? extends List<? extends N>> function) {
    return sink -> attach(new MappedSink<>(sink, function));
  }
}
