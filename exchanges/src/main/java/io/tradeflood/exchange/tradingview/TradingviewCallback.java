package io.tradeflood.exchange.tradingview;

import io.tradeflood.connector.Exchange;
import io.tradeflood.live.Feed;
import io.tradeflood.net.callback.CallbackConnector;
import io.tradeflood.net.callback.CallbackRules;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import java.util.List;
import java.util.Optional;

/**
 * Alerts of TradingView, posted to {@code /v1/hooks/tradingview} on port 80 or 443; other ports
 * TradingView does not call. An alert's message is whatever its author wrote; this one, as one
 * line, is understood as a candle:
 *
 * <pre>{@code
 * {"secret":"...","name":"my alert","exchange":"{{exchange}}","symbol":"{{ticker}}",
 *  "interval":"{{interval}}","time":"{{time}}","timenow":"{{timenow}}","open":"{{open}}",
 *  "high":"{{high}}","low":"{{low}}","close":"{{close}}","volume":"{{volume}}"}
 * }</pre>
 *
 * <p>Posts are not signed, so a secret is asked for: in the field {@code secret} of the message,
 * with the setting {@code secret}, or, for messages that are no JSON, behind the path, with the
 * setting {@code pathSecret}. The setting {@code senders} has the addresses that may post, with
 * commas between, in the place of those that TradingView publishes; {@code any} lets all in.
 *
 * <p>An alert that was missed cannot be asked for. One that fires more than 15 times in three
 * minutes is stopped by TradingView.
 */
@Exchange("tradingview")
public interface TradingviewCallback extends CallbackConnector {
  /** From where TradingView says that it posts. */
  List<String> SENDERS = List.of("52.89.214.238", "34.212.75.30", "54.218.53.128", "52.32.178.7");

  /** The longest message that is taken; alerts are far shorter. */
  int LONGEST = 16 * 1024;

  @Override
  default CallbackRules callbackRules() {
    var settings = context().settings();
    var rules = CallbackRules.open().bodyLimit(LONGEST);
    String senders = settings.get("senders").orElse(String.join(",", SENDERS));
    if (!senders.equals("any")) rules = rules.senders(List.of(senders.strip().split("\\s*,\\s*")));
    boolean byPath = settings.get("pathSecret").isPresent();
    if (byPath) rules = rules.pathSecret("pathSecret");
    return byPath && settings.get("secret").isEmpty()
        ? rules
        : rules.bodySecret("secret", "secret");
  }

  /** Why nothing could be posted here; empty if something can. */
  default Optional<String> lack() {
    var settings = context().settings();
    return settings.get("secret").or(() -> settings.get("pathSecret")).isPresent()
        ? Optional.empty()
        : Optional.of(
            context().hostName()
                + " has no secret: set secret for it and write it into the field secret of your"
                + " alerts' messages, or set pathSecret and write that behind the path");
  }

  /** The same alert of the same instrument, interval and bar is one, however often it is posted. */
  @Override
  default Optional<String> keyOf(byte[] body) {
    return TradingviewAlert.read(body).key();
  }

  /** What is posted. */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<TradingviewAlert>> alerts() {
    return posts(body -> List.of(TradingviewAlert.read(body)));
  }

  /** The same for candles: an alert whose time cannot be read is none, and a warning says so. */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<TradingviewAlert>> bars() {
    return posts(body -> List.of(TradingviewAlert.readForBars(body)));
  }
}
