package io.tradeflood.simulator.contract;

import io.tradeflood.model.Bar;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.OrderBook.Level;
import io.tradeflood.model.Query;
import io.tradeflood.model.RangeQuery;
import io.tradeflood.model.Row;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What rows of every kind promise. Each broken promise is told once, with the row that broke it.
 */
final class Promises {
  private final Query query;
  private final boolean holes;
  private final List<String> broken;
  private final Set<String> told = new HashSet<>();
  private final Set<String> keys = new HashSet<>();
  private Optional<Row> before = Optional.empty();
  private int rows;

  Promises(Query query, boolean holes, List<String> broken) {
    this.query = query;
    this.holes = holes;
    this.broken = broken;
  }

  void row(Object value) {
    rows++;
    Map<String, BigDecimal> decimals = decimals(value);
    if (value instanceof Row row) history(row);
    if (value instanceof Bar<?> bar) bar(bar, decimals);
    if (value instanceof OrderBook book) book(book);
  }

  void end() {
    if (rows == 0) tell("it gave no row at all: record an answer that has some");
  }

  private void history(Row row) {
    if (!keys.add(row.time() + " " + row.id())) tell("a row is given twice: " + row);
    before.ifPresent(
        b -> {
          if (row.time().isBefore(b.time()))
            tell("rows are not ascending: %s after %s".formatted(row, b));
        });
    before = Optional.of(row);
    if (!(query instanceof RangeQuery range)) return;
    Optional<Instant> from = range.window().from();
    Optional<Instant> to = range.window().to();
    if (from.isPresent() && row.time().isBefore(from.get())
        || to.isPresent() && !row.time().isBefore(to.get()))
      tell("a row is outside of what was asked for: " + row);
    if (range.window().limit().isPresent() && rows > range.window().limit().getAsInt())
      tell("more rows than asked for: " + rows);
  }

  private Optional<Instant> expected = Optional.empty();

  private void bar(Bar<?> bar, Map<String, BigDecimal> decimals) {
    if (!bar.interval().floor(bar.time()).equals(bar.time()))
      tell("a bar is off the grid of its interval: " + bar);
    if (!holes && expected.isPresent() && !expected.get().equals(bar.time()))
      tell(
          "bars are missing between %s and %s: say withHoles() if the exchange leaves them out"
              .formatted(expected.get(), bar.time()));
    expected = Optional.of(bar.interval().next(bar.time()));
    BigDecimal low = decimals.get("low");
    BigDecimal high = decimals.get("high");
    if (low == null || high == null) return;
    for (String name : List.of("open", "close")) {
      BigDecimal price = decimals.get(name);
      if (price != null && (price.compareTo(low) < 0 || price.compareTo(high) > 0))
        tell("%s is not between low and high: %s".formatted(name, bar));
    }
    for (String name : List.of("volume", "quoteVolume")) {
      BigDecimal volume = decimals.get(name);
      if (volume != null && volume.signum() < 0) tell("%s is below zero: %s".formatted(name, bar));
    }
  }

  private void book(OrderBook book) {
    side("bids", book.bids(), -1);
    side("asks", book.asks(), 1);
    if (!book.bids().isEmpty()
        && !book.asks().isEmpty()
        && book.bids().getFirst().price().compareTo(book.asks().getFirst().price()) >= 0)
      tell("the book is crossed: " + book.bids().getFirst() + " and " + book.asks().getFirst());
  }

  private void side(String name, List<Level> levels, int direction) {
    for (int i = 0; i < levels.size(); i++) {
      if (levels.get(i).size().signum() <= 0) tell("a level of %s is empty".formatted(name));
      if (i > 0
          && Integer.signum(levels.get(i).price().compareTo(levels.get(i - 1).price()))
              != direction) tell("%s are not in order".formatted(name));
    }
  }

  /** The decimals of a record by name; says which components are null. */
  private Map<String, BigDecimal> decimals(Object row) {
    var decimals = new HashMap<String, BigDecimal>();
    for (RecordComponent component : row.getClass().getRecordComponents())
      try {
        component.getAccessor().setAccessible(true);
        Object value = component.getAccessor().invoke(row);
        if (value == null) tell("%s is null: %s".formatted(component.getName(), row));
        if (value instanceof Optional<?> optional) value = optional.orElse(null);
        if (value instanceof BigDecimal decimal) decimals.put(component.getName(), decimal);
      } catch (ReflectiveOperationException e) {
        tell("%s cannot be read: %s".formatted(component.getName(), e.getMessage()));
      }
    return decimals;
  }

  /** Each promise once: the first row that breaks it says enough. */
  private void tell(String words) {
    int end = words.indexOf(':');
    if (told.add(end < 0 ? words : words.substring(0, end))) broken.add(words);
  }
}
