package io.tradeflood.exchange.oanda;

import io.tradeflood.connector.Exchange;
import io.tradeflood.live.Feed;
import io.tradeflood.model.Symbol;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.stream.Channels;
import io.tradeflood.net.stream.Incoming;
import io.tradeflood.net.stream.StreamConnector;
import io.tradeflood.net.stream.StreamLimits;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * OANDA's prices as they change: an HTTP answer that never ends, a price a line. Nothing can be
 * subscribed to on it: another set of instruments is another answer. The settings {@code token} and
 * {@code account} are needed; a practice account's are good on {@code
 * https://stream-fxpractice.oanda.com} only. See <a
 * href="https://developer.oanda.com/rest-live-v20/pricing-ep/">its page</a>.
 */
@Exchange("oanda")
public interface OandaStream extends StreamConnector {
  /** The setting of the token. */
  String TOKEN = "token";

  /** The setting of the account, such as {@code 101-004-1234567-001}. */
  String ACCOUNT = "account";

  /** How many instruments one answer tells of; all that there are fit in one. */
  int INSTRUMENTS = 200;

  @Override
  default String url() {
    return "https://stream-fxtrade.oanda.com";
  }

  @Override
  default Framing framing() {
    return Framing.LINES;
  }

  /** {@code GET /v3/accounts/<account>/pricing/stream}, which begins with the present prices. */
  @Override
  default String path(List<String> channels) {
    return "/v3/accounts/%s/pricing/stream?instruments=%s"
        .formatted(needed(ACCOUNT), String.join("%2C", channels));
  }

  @Override
  default Map<String, String> headers() {
    return Map.of("Authorization", "Bearer " + needed(TOKEN));
  }

  private String needed(String setting) {
    return context()
        .settings()
        .get(setting)
        .orElseThrow(() -> new Failure.Unsupported(missing(setting)));
  }

  private String missing(String setting) {
    return "%s has no %s: set token and account of oanda in settings of the configuration file; a practice account will do"
        .formatted(context().hostName(), setting);
  }

  /** What is missing to use it, if anything. */
  default Optional<String> lacks() {
    for (String setting : List.of(TOKEN, ACCOUNT))
      if (context().settings().get(setting).isEmpty()) return Optional.of(missing(setting));
    return Optional.empty();
  }

  /**
   * Two new connections a second and 20 streams by one address. In the week prices come all the
   * time; on weekends there are none, so the stream is opened anew again and again.
   */
  @Override
  default StreamLimits streamLimits() {
    return StreamLimits.standard()
        .channels(INSTRUMENTS, INSTRUMENTS, 8192)
        .connects(2, Duration.ofSeconds(1), 20)
        .quiet(Duration.ofMinutes(2));
  }

  @Override
  default boolean covers(Symbol symbol) {
    return symbol.isSpot();
  }

  /** {@code EUR_USD}. */
  default String nameOf(Symbol symbol) {
    return symbol.join("_");
  }

  @Override
  default String subscribe(List<String> channels, long id) {
    return "";
  }

  @Override
  default String unsubscribe(List<String> channels, long id) {
    return "";
  }

  @Override
  default Incoming read(JsonScanner message, Channels channels) {
    return OandaMessages.read(message, channels, context());
  }

  /**
   * Prices of an instrument, at most four a second: of each quarter of a second the last one.
   *
   * @param instrument such as {@code EUR_USD}
   */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<OandaPrice>> prices(String instrument) {
    return channel(instrument).feed(OandaPrice::read);
  }
}
