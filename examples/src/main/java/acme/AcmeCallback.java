package acme;

import io.tradeflood.connector.Exchange;
import io.tradeflood.live.Feed;
import io.tradeflood.net.callback.CallbackConnector;
import io.tradeflood.net.callback.CallbackRules;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import io.tradeflood.net.json.Payload;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What Acme posts to us, version 2. See https://docs.acme.example/v2/callbacks. */
@Exchange("acme")
public interface AcmeCallback extends CallbackConnector {
  /** Acme signs with the key that it shows once, and says when it did. */
  @Override
  default CallbackRules callbackRules() {
    return CallbackRules.open()
        .signature(
            CallbackRules.Signature.hex("X-Acme-Signature", "callbackKey")
                .timed("X-Acme-Time", Duration.ofMinutes(1)));
  }

  /** Acme posts again what was not answered in time. */
  @Override
  default Optional<String> keyOf(byte[] body) {
    return Payload.of(body).text("id");
  }

  /**
   * {@code {"id":"p1","symbol":"BTC-USDT","time":..,"bulls":"0.62","bears":"0.31","word":"moon"}}.
   */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<Poll>> polls() {
    return posts(body -> List.of(Payload.of(body).read(Poll::read)));
  }

  record Poll(String symbol, Mood mood) {
    private static final Name SYMBOL = Name.of("symbol");
    private static final Name TIME = Name.of("time");
    private static final Name BULLS = Name.of("bulls");
    private static final Name BEARS = Name.of("bears");
    private static final Name WORD = Name.of("word");

    static Poll read(JsonScanner post) {
      return new Poll(
          post.field(SYMBOL).readString(),
          new Mood(
              post.field(TIME).readInstant(),
              post.field(BULLS).readDecimal(),
              post.field(BEARS).readDecimal(),
              Optional.of(post.field(WORD).readString())));
    }
  }
}
