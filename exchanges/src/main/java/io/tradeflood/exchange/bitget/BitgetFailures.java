package io.tradeflood.exchange.bitget;

import io.tradeflood.model.Symbol;
import io.tradeflood.net.HttpReply;
import io.tradeflood.net.json.Payload;
import io.tradeflood.net.json.UnexpectedJsonException;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import java.util.Optional;
import java.util.Set;

/** Reads the envelope's code. */
final class BitgetFailures {
  private static final String SUCCESS = "00000";

  /** Too many requests, where it comes with another status than HTTP's own. */
  private static final String TOO_MANY = "429";

  /** Busy, or being updated (Tuesday to Thursday, 14:00 to 17:00 UTC+8). */
  private static final Set<String> TEMPORARY =
      Set.of("40010", "40015", "40200", "40725", "40808", "45001");

  /** No such parameter, which is also said of symbols; a contract removed; no such pair. */
  private static final Set<String> UNKNOWN_SYMBOL = Set.of("40034", "40309", "25100");

  /** Only the last three months, or 90 days, may be asked for. */
  private static final Set<String> TOO_OLD = Set.of("40704", "40705");

  private BitgetFailures() {}

  static Optional<Failure> in(HttpReply reply, String host) {
    int status = reply.status();
    if (status == 403 || status == 418 || status == 429 || status == 451) return Optional.empty();
    try {
      var body = Payload.of(reply.body());
      return body.text("code")
          .filter(code -> !code.equals(SUCCESS))
          .map(code -> failure(host, code, body.text("msg").orElse(""), reply));
    } catch (UnexpectedJsonException notInItsWords) {
      return Optional.empty();
    }
  }

  private static Failure failure(String host, String code, String words, HttpReply reply) {
    String said = "%s said %s %s".formatted(host, code, words).strip();
    if (code.equals(TOO_MANY))
      return new Failure.Limited(said + ": wait", reply.received().plusSeconds(1), false);
    if (TOO_OLD.contains(code)) return new Failure.Unsupported(said + ": ask for less of the past");
    return TEMPORARY.contains(code) || reply.status() >= 500
        ? new Failure.Unreachable(said + ": try again", "status", "")
        : new Failure.Refused(said, code, reply.status());
  }

  /** The turn, whose failure says which symbol it was that the exchange does not know. */
  static <T> Turn<T> naming(Symbol symbol, BitgetRest connector, Turn<T> turn) {
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
