package io.tradeflood.net.callback;

import io.tradeflood.connector.Connector;
import io.tradeflood.connector.Mode;
import io.tradeflood.live.Feed;
import io.tradeflood.turn.Turn;
import java.util.List;
import java.util.Optional;

/**
 * Is told by an exchange that posts to us, at {@code /v1/hooks/EXCHANGE} of the address that users
 * set with {@code callback.listen}. What was missed while nobody listened cannot be asked for.
 *
 * <pre>{@code
 * @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
 * default Turn<Feed<AcmeAlert>> alerts() {
 *   return posts(AcmeAlert::read);
 * }
 * }</pre>
 */
public interface CallbackConnector extends Connector {
  @Override
  default Mode mode() {
    return Mode.CALLBACK;
  }

  /** What keeps strangers out. */
  CallbackRules callbackRules();

  /**
   * What tells a post from another, so that one that is sent twice is told once; empty if each is
   * told. Pure.
   *
   * @param body the post's body
   */
  default Optional<String> keyOf(byte[] body) {
    return Optional.empty();
  }

  /** What is posted from now on. */
  default <T> Turn<Feed<T>> posts(PostReader<T> reader) {
    return context().services().get(CallbackTransport.class).posts(this, reader);
  }

  /** Reads a post. Pure. */
  @FunctionalInterface
  interface PostReader<T> {
    /** Its rows; none if it says nothing of interest. */
    List<T> read(byte[] body) throws Exception;
  }
}
