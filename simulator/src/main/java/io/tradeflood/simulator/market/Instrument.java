package io.tradeflood.simulator.market;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that is traded at one venue. Prices are whole numbers of 10<sup>-priceScale</sup> of
 * the quote asset and multiples of {@code tick}; sizes are whole numbers of 10<sup>-sizeScale</sup>
 * of the base asset, or of contracts where these are worth a fixed sum of the quote asset. A
 * product of price and size is therefore exact at the sum of the scales; what contracts are worth
 * in the base asset is rounded trade by trade, to {@link #BASE_SCALE} decimals.
 *
 * @param symbol as the venue writes it
 * @param settle the asset that profits are paid in; the quote asset on spot
 * @param tick the price step in units of the price scale
 * @param typicalSize the size of a common trade, in units of the size scale
 * @param listed the first moment of trading
 * @param ended the end of trading: a delisting or the delivery
 * @param fundingHours the hours between two fundings; 0 where there are none
 * @param contractSize what one contract is worth in the quote asset; 0 where sizes are in the base
 *     asset
 */
public record Instrument(
    Venue venue,
    Kind kind,
    String symbol,
    String base,
    String quote,
    String settle,
    int priceScale,
    long tick,
    int sizeScale,
    long typicalSize,
    Activity activity,
    Instant listed,
    Optional<Instant> ended,
    int fundingHours,
    int contractSize) {
  /** The decimals of what contracts are worth in the base asset. */
  private static final int BASE_SCALE = 8;

  public Instrument {
    Objects.requireNonNull(venue);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(activity);
    Objects.requireNonNull(ended);
    if (listed.toEpochMilli() % 60_000 != 0) {
      throw new IllegalArgumentException(
          symbol + " must be listed on a full minute, was " + listed);
    }
    if (tick < 1 || typicalSize < 1) {
      throw new IllegalArgumentException(symbol + " needs a tick and a typical size above zero");
    }
  }

  /** Whether sizes are contracts, so that values are in the base asset. */
  public boolean countsContracts() {
    return contractSize > 0;
  }

  /**
   * What a size is worth at a price, in units of {@link #quoteScale}: of the quote asset, or of the
   * base asset where sizes are contracts.
   */
  public long value(long price, long size) {
    if (!countsContracts()) {
      return Math.multiplyExact(price, size);
    }
    long unit = 1;
    for (int i = 0; i < BASE_SCALE + priceScale; i++) {
      unit *= 10;
    }
    return Math.round((double) Math.multiplyExact(size, contractSize) * unit / price);
  }

  /** The scale of values. */
  public int quoteScale() {
    return countsContracts() ? BASE_SCALE : priceScale + sizeScale;
  }

  /** The symbol without a delivery date. */
  public String pair() {
    int underscore = symbol.indexOf('_');
    return underscore < 0 ? symbol : symbol.substring(0, underscore);
  }

  /** Whether the venue knows the instrument at that moment; an ended one stays known. */
  public boolean knownAt(long now) {
    return listed.toEpochMilli() <= now;
  }

  /** Whether it is traded at that moment. */
  public boolean tradedAt(long now) {
    return knownAt(now) && ended.map(end -> now < end.toEpochMilli()).orElse(true);
  }

  long firstMinute() {
    return listed.toEpochMilli() / 60_000;
  }

  /** The minute after the last one, or a minute beyond all time. */
  long endMinute() {
    return ended
        .map(end -> Math.floorDiv(end.toEpochMilli(), 60_000))
        .orElse(Long.MAX_VALUE / 120_000);
  }
}
