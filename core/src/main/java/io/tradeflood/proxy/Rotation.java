package io.tradeflood.proxy;

/**
 * Whether the requests to one exchange may leave by more than one address. An exchange counts by
 * address, so this is how its limits are got past: never done unless the user says so.
 *
 * @param mode when another address is taken
 * @param addresses how many may be used at most, 1 to {@value #MOST}; 1 exactly if never
 */
public record Rotation(Mode mode, int addresses) {
  /** More than this no session of Proxyter's can tell apart. */
  public static final int MOST = 64;

  /** When another address is taken. */
  public enum Mode {
    /** Never: a ban is waited for. */
    NEVER,
    /** When the exchange has shut out the one in use, or its proxy is down. */
    ON_BAN,
    /** All are used at once, each within the limits of one. */
    SPREAD
  }

  public Rotation {
    int least = mode == Mode.NEVER ? 1 : 2;
    int most = mode == Mode.NEVER ? 1 : MOST;
    if (addresses < least || addresses > most)
      throw new IllegalArgumentException(
          mode == Mode.NEVER
              ? "Without rotation there is 1 address, was " + addresses
              : "A rotation is over %d to %d addresses, was %d".formatted(least, most, addresses));
  }

  /** One address for each exchange. */
  public static Rotation never() {
    return new Rotation(Mode.NEVER, 1);
  }

  /** One address at a time, the next one when the exchange has shut it out. */
  public static Rotation onBan(int addresses) {
    return new Rotation(Mode.ON_BAN, addresses);
  }

  /** Several addresses at once, each within the limits of one. */
  public static Rotation spread(int addresses) {
    return new Rotation(Mode.SPREAD, addresses);
  }

  /** Whether there is another address to go to. */
  public boolean isAllowed() {
    return addresses > 1;
  }

  @Override
  public String toString() {
    return switch (mode) {
      case NEVER -> "one address";
      case ON_BAN -> "another of %d addresses when banned".formatted(addresses);
      case SPREAD -> "over %d addresses".formatted(addresses);
    };
  }
}
