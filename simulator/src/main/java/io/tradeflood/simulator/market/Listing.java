package io.tradeflood.simulator.market;

import java.util.List;
import java.util.function.Supplier;

/** An instrument and everything that can be known about it. */
public final class Listing {
  private static final double SPOT_SHARE = 0.01;
  private static final double CONTRACT_SHARE = 0.08;

  private final Instrument instrument;
  private final Tape tape;
  private final Bars bars;
  private final OrderBooks books;
  private final ReferencePrices prices;
  private final Fundings fundings;
  private final OpenInterest openInterest;

  Listing(long seed, Instrument instrument, Asset base, Asset quote) {
    this.instrument = instrument;
    long key = Noise.key(seed, instrument.venue() + "/" + instrument.symbol());
    double share = instrument.kind() == Kind.SPOT ? SPOT_SHARE : CONTRACT_SHARE;
    long delivery = instrument.kind() == Kind.DELIVERY ? instrument.endMinute() : 0;
    var own = new PricePath.Own(Noise.of(key, 1), share, delivery);
    Supplier<PricePath> path = () -> new PricePath(seed, base, quote, own);
    this.tape = new Tape(instrument, Noise.of(key, 2), path);
    this.bars = new Bars(tape, () -> rate(seed, quote));
    this.books = new OrderBooks(tape, Noise.of(key, 3));
    this.prices = new ReferencePrices(instrument, indexKey(seed, instrument), path);
    this.fundings = new Fundings(instrument, prices);
    this.openInterest = new OpenInterest(instrument, Noise.of(key, 5));
  }

  /** The index of a pair is one and the same for all contracts on it. */
  private static long indexKey(long seed, Instrument instrument) {
    return Noise.key(seed, "index/" + instrument.base() + "/" + instrument.quote());
  }

  private static Bars.QuoteRate rate(long seed, Asset quote) {
    var path = new PricePath(seed, quote, Catalog.DOLLAR, PricePath.Own.NONE);
    return path::world;
  }

  public Instrument instrument() {
    return instrument;
  }

  public Tape tape() {
    return tape;
  }

  /** The trades from one number to another, both inclusive, as the venue writes them. */
  public List<Trade> trades(long fromId, long toId) {
    long first = instrument.venue().firstTradeId();
    return tape.trades(Math.max(0, fromId - first), toId - first, first);
  }

  public Bars bars() {
    return bars;
  }

  public OrderBooks books() {
    return books;
  }

  public ReferencePrices prices() {
    return prices;
  }

  /** Only perpetual contracts have fundings. */
  public Fundings fundings() {
    return fundings;
  }

  public OpenInterest openInterest() {
    return openInterest;
  }
}
