package io.tradeflood.exchange.binance;

import io.tradeflood.model.Symbol;
import io.tradeflood.net.HttpReply;
import io.tradeflood.net.json.Payload;
import io.tradeflood.net.json.UnexpectedJsonException;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import java.util.Optional;
import java.util.Set;

/** Reads {@code {code,msg}}, see the exchange's page of errors. */
final class BinanceFailures {
  /** Unknown error, disconnected, unexpected answer, timeout, overloaded. */
  private static final Set<String> TEMPORARY = Set.of("-1000", "-1001", "-1006", "-1007", "-1008");

  /** Invalid symbol; symbol status mismatch. */
  private static final Set<String> UNKNOWN_SYMBOL = Set.of("-1121", "-1220");

  private BinanceFailures() {}

  static Optional<Failure> in(HttpReply reply, String host) {
    int status = reply.status();
    boolean leftToHttp =
        status < 400 || status == 403 || status == 418 || status == 429 || status == 451;
    return leftToHttp ? Optional.empty() : told(reply, host);
  }

  private static Optional<Failure> told(HttpReply reply, String host) {
    try {
      var body = Payload.of(reply.body());
      return body.text("code")
          .map(code -> failure(host, code, body.text("msg").orElse(""), reply.status()));
    } catch (UnexpectedJsonException notInItsWords) {
      return Optional.empty();
    }
  }

  private static Failure failure(String host, String code, String words, int status) {
    String said = "%s said %s %s".formatted(host, code, words).strip();
    return TEMPORARY.contains(code) || status >= 500
        ? new Failure.Unreachable(said + ": try again", "status", "")
        : new Failure.Refused(said, code, status);
  }

  /** The turn, whose failure says which symbol it was that the exchange does not know. */
  static <T> Turn<T> naming(Symbol symbol, BinanceRest connector, Turn<T> turn) {
    return turn.recover(
        failure -> {
          if (failure instanceof Failure.Refused refused && UNKNOWN_SYMBOL.contains(refused.code()))
            throw new Failure.Refused(
                "%s knows no %s (%s): see tradeflood list symbols %1$s"
                    .formatted(connector.context().exchange(), symbol, refused.reason()),
                refused.code(),
                refused.status());
          throw failure;
        });
  }
}
