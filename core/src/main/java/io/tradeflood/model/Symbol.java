package io.tradeflood.model;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An instrument, written alike for every exchange: {@code BTC/USDT} is traded on the spot, {@code
 * BTC/USDT:USDT} is a perpetual settled in USDT, {@code BTC/USD:BTC} one settled in the base
 * currency (inverse), {@code BTC/USDT:USDT-261225} a future with its day of expiry, {@code
 * BTC/USDT:USDT-261225-80000-C} an option.
 *
 * <p>Equal by value; ordered by text.
 */
public final class Symbol implements Comparable<Symbol> {
  private static final Pattern TEXT =
      Pattern.compile(
          "([^/:\\s]+)/([^/:\\s-]+)(?::([^/:\\s-]+)(?:-([0-9]{6})(?:-([0-9.]+)-([CP]))?)?)?");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd", Locale.ROOT);

  private final String base;
  private final String quote;
  private final Optional<String> settle;
  private final Optional<LocalDate> expiry;
  private final Optional<String> option;
  private final String text;

  private Symbol(
      String base,
      String quote,
      Optional<String> settle,
      Optional<LocalDate> expiry,
      Optional<String> option) {
    this.base = base;
    this.quote = quote;
    this.settle = settle;
    this.expiry = expiry;
    this.option = option;
    this.text =
        base
            + "/"
            + quote
            + settle.map(s -> ":" + s).orElse("")
            + expiry.map(d -> "-" + DAY.format(d)).orElse("")
            + option.map(o -> "-" + o).orElse("");
  }

  /**
   * Reads a symbol; letters are kept as they are written.
   *
   * @throws IllegalArgumentException if it is not of the forms above
   */
  public static Symbol of(String text) {
    Matcher m = TEXT.matcher(text);
    if (!m.matches())
      throw new IllegalArgumentException(
          "Symbol \"%s\" is not BASE/QUOTE, BASE/QUOTE:SETTLE or BASE/QUOTE:SETTLE-YYMMDD: write one such as BTC/USDT"
              .formatted(text));
    try {
      return new Symbol(
          m.group(1),
          m.group(2),
          Optional.ofNullable(m.group(3)),
          Optional.ofNullable(m.group(4)).map(d -> LocalDate.parse(d, DAY)),
          Optional.ofNullable(m.group(5)).map(strike -> strike + "-" + m.group(6)));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "Symbol \"%s\" ends with %s, which is no day: write YYMMDD".formatted(text, m.group(4)),
          e);
    }
  }

  /** A spot pair. */
  public static Symbol spot(String base, String quote) {
    return new Symbol(base, quote, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A perpetual. */
  public static Symbol swap(String base, String quote, String settle) {
    return new Symbol(base, quote, Optional.of(settle), Optional.empty(), Optional.empty());
  }

  /** A future that is settled on a day. */
  public static Symbol future(String base, String quote, String settle, LocalDate expiry) {
    return new Symbol(base, quote, Optional.of(settle), Optional.of(expiry), Optional.empty());
  }

  /** What is bought and sold. */
  public String base() {
    return base;
  }

  /** What it is paid with. */
  public String quote() {
    return quote;
  }

  /** What a derivative is settled in; empty for spot. */
  public Optional<String> settle() {
    return settle;
  }

  /** The day on which a future or an option is settled, UTC. */
  public Optional<LocalDate> expiry() {
    return expiry;
  }

  /** Strike and kind of an option, such as {@code 80000-C}. */
  public Optional<String> option() {
    return option;
  }

  public boolean isSpot() {
    return settle.isEmpty();
  }

  public boolean isSwap() {
    return settle.isPresent() && expiry.isEmpty();
  }

  public boolean isFuture() {
    return expiry.isPresent() && option.isEmpty();
  }

  /** Whether it is settled in its quote currency. */
  public boolean isLinear() {
    return settle.isPresent() && settle.get().equals(quote);
  }

  /** Whether it is settled in its base currency. */
  public boolean isInverse() {
    return settle.isPresent() && settle.get().equals(base);
  }

  /** Base and quote with something between: {@code join("-")} gives {@code BTC-USDT}. */
  public String join(String between) {
    return base + between + quote;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Symbol s && s.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public int compareTo(Symbol other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
