package io.tradeflood.simulator.bitget;

/** A refusal: a status, a code and a sentence for the envelope. */
final class BitgetError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  BitgetError(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  static BitgetError unknown(String what) {
    return new BitgetError(400, "40034", "Parameter " + what + " does not exist");
  }

  static BitgetError empty(String parameter) {
    return new BitgetError(400, "40019", "Parameter " + parameter + " cannot be empty");
  }

  static BitgetError invalid(String parameter) {
    return new BitgetError(400, "400172", "Parameter verification failed " + parameter);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
