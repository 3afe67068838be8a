package io.tradeflood.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.model.RecordSchema.Component;
import io.tradeflood.model.RecordSchema.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RecordSchemaTest {
  private record Inner(BigDecimal price, Optional<String> note) {}

  private record Outer(
      Instant time,
      Inner best,
      Optional<Inner> worst,
      OrderBook.Level level,
      List<OrderBook.Level> levels,
      Side side,
      OptionalInt count,
      long number,
      boolean closed,
      Symbol symbol,
      Interval interval) {}

  private static final Outer VALUE =
      new Outer(
          Instant.EPOCH,
          new Inner(new BigDecimal("1.50"), Optional.of("good")),
          Optional.empty(),
          new OrderBook.Level(BigDecimal.ONE, BigDecimal.TEN),
          List.of(),
          Side.SELL,
          OptionalInt.of(3),
          4,
          true,
          Symbol.of("BTC/USDT"),
          Interval.M1);

  @Test
  void componentsHaveAKindAndAreOptionalOrNot() {
    assertThat(RecordSchema.of(Outer.class).components())
        .extracting(Component::name, Component::kind, Component::optional)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("time", Kind.TIME, false),
            org.assertj.core.groups.Tuple.tuple("best", Kind.RECORD, false),
            org.assertj.core.groups.Tuple.tuple("worst", Kind.RECORD, true),
            org.assertj.core.groups.Tuple.tuple("level", Kind.RECORD, false),
            org.assertj.core.groups.Tuple.tuple("levels", Kind.LIST, false),
            org.assertj.core.groups.Tuple.tuple("side", Kind.ENUM, false),
            org.assertj.core.groups.Tuple.tuple("count", Kind.INTEGER, true),
            org.assertj.core.groups.Tuple.tuple("number", Kind.INTEGER, false),
            org.assertj.core.groups.Tuple.tuple("closed", Kind.BOOLEAN, false),
            org.assertj.core.groups.Tuple.tuple("symbol", Kind.TEXT, false),
            org.assertj.core.groups.Tuple.tuple("interval", Kind.TEXT, false));
  }

  @Test
  void columnsTakeRecordsApartButNotArraysAndLists() {
    var columns = RecordSchema.of(Outer.class).columns();
    assertThat(columns)
        .extracting(Component::name)
        .containsExactly(
            "time",
            "best.price",
            "best.note",
            "worst.price",
            "worst.note",
            "level",
            "levels",
            "side",
            "count",
            "number",
            "closed",
            "symbol",
            "interval");
    assertThat(columns)
        .extracting(column -> column.value(VALUE).map(Object::toString).orElse("-"))
        .containsExactly(
            "1970-01-01T00:00:00Z",
            "1.50",
            "good",
            "-",
            "-",
            "Level[price=1, size=10]",
            "[]",
            "SELL",
            "3",
            "4",
            "true",
            "BTC/USDT",
            "1m");
  }

  @Test
  void theElementsOfAListAreKnown() {
    var levels = RecordSchema.of(OrderBook.class).component("bids").orElseThrow();
    assertThat(levels.type()).isEqualTo(OrderBook.Level.class);
    assertThat(levels.nested().orElseThrow().components())
        .extracting(Component::name)
        .containsExactly("price", "size");
  }

  @Test
  void anEmptyOptionalHasNoValue() {
    var book = new OrderBook(Optional.empty(), OptionalLong.empty(), List.of(), List.of());
    var schema = RecordSchema.of(OrderBook.class);
    assertThat(schema.component("time").orElseThrow().value(book)).isEmpty();
    assertThat(schema.component("sequence").orElseThrow().value(book)).isEmpty();
  }

  /** Holds itself, in a list or alone. */
  record Tree(String name, List<Tree> branches, Optional<Tree> root) {}

  @Test
  void aRecordMayHoldItself() {
    var schema = RecordSchema.of(Tree.class);
    assertThat(schema.component("branches").orElseThrow().kind()).isEqualTo(Kind.LIST);
    assertThat(schema.component("branches").orElseThrow().nested()).isEmpty();
    assertThat(schema.columns()).extracting(Component::name).contains("name", "root");
  }

  @Test
  void aModelMustBeARecord() {
    assertThatThrownBy(() -> RecordSchema.of(String.class))
        .hasMessage("A model must be a record, but java.lang.String is none");
  }
}
