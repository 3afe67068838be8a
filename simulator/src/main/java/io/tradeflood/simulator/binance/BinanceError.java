package io.tradeflood.simulator.binance;

import io.tradeflood.simulator.wire.Json;
import io.tradeflood.simulator.wire.Response;

/** A refusal in the exchange's words: {@code {"code":-1121,"msg":"Invalid symbol."}}. */
final class BinanceError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final int code;

  BinanceError(int status, int code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  static BinanceError missing(String parameter) {
    return new BinanceError(
        400,
        -1102,
        "Mandatory parameter '%s' was not sent, was empty/null, or malformed."
            .formatted(parameter));
  }

  static BinanceError illegal(String parameter, String range) {
    return new BinanceError(
        400,
        -1100,
        "Illegal characters found in parameter '%s'; legal range is '%s'."
            .formatted(parameter, range));
  }

  static BinanceError invalid(String parameter) {
    return new BinanceError(
        400, -1130, "Data sent for parameter '%s' is not valid.".formatted(parameter));
  }

  Response response() {
    return answer(status, code, String.valueOf(getMessage()));
  }

  static Response answer(int status, int code, String message) {
    return Response.json(
        status, new Json().beginObject().field("code", code).field("msg", message).endObject());
  }
}
