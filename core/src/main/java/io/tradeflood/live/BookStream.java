package io.tradeflood.live;

/**
 * What an exchange tells of one book, message by message: the value of the endpoint that subscribes
 * to it. What becomes of the messages is a {@link io.tradeflood.binding.BookBinding}'s.
 */
public interface BookStream {
  /** Has a sink told of everything from now on. */
  Feed.Attachment attach(BookSink sink);

  /**
   * Subscribes to this book anew, so that the exchange begins from the start; others on the same
   * connection are not touched. Returns at once; {@link FeedState.Connected} is told when it is
   * done.
   *
   * @param reason why, one line
   */
  void renew(String reason);
}
