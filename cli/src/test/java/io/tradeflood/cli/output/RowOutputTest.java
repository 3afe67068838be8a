package io.tradeflood.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.model.AsArray;
import io.tradeflood.model.Candle;
import io.tradeflood.model.Instrument;
import io.tradeflood.model.Interval;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Side;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.Trade;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RowOutputTest {
  private static final Instant NEW_YEAR = Instant.parse("2025-01-01T00:00:00Z");

  @Test
  void aLineOfJsonSaysExchangeSymbolAndModelThenTheComponents() {
    assertThat(written(Format.NDJSON, candles(), candle("93576.00", "1.50")))
        .isEqualTo(
            """
            {"exchange":"acme","symbol":"BTC/USDT","model":"candle","interval":"1m",\
            "time":"2025-01-01T00:00:00Z","open":"93576.00","high":"93576.00","low":"93576.00",\
            "close":"93576.00","volume":"1.50","closed":true,"origin":"rest"}
            """);
  }

  @Test
  void jsonIsOneArrayAlsoOfSeveralModels() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var output = Format.JSON.to(bytes, 100)) {
      output.begin(candles());
      output.rows(List.of(candle("1", "2")));
      output.begin(trades());
      output.rows(List.of(trade("3", "0.1")));
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .startsWith("[\n{\"exchange\":\"acme\",\"symbol\":\"BTC/USDT\",\"model\":\"candle\"")
        .contains("},\n{\"exchange\":\"acme\",\"symbol\":\"BTC/USDT\",\"model\":\"trade\"")
        .endsWith("}\n]\n");
  }

  @Test
  void jsonOfNothingIsAnEmptyArray() {
    assertThat(written(Format.JSON, candles())).isEqualTo("[]\n");
  }

  @Test
  void csvLeavesAbsentValuesEmptyAndKeepsDecimalsAsTheyAre() {
    assertThat(written(Format.CSV, candles(), candle("93576.00", "1.50")))
        .isEqualTo(
            """
            exchange,symbol,model,interval,time,open,high,low,close,volume,quoteVolume,trades,closed,origin
            acme,BTC/USDT,candle,1m,2025-01-01T00:00:00Z,93576.00,93576.00,93576.00,93576.00,1.50,,,true,rest
            """);
  }

  @Test
  void csvStartsEachModelWithABlankLineAndItsHeader() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var output = Format.CSV.to(bytes, 100)) {
      output.begin(trades());
      output.rows(List.of(trade("3", "0.1")));
      output.begin(trades());
      output.rows(List.of(trade("4", "0.2")));
      output.begin(candles());
      output.rows(List.of(candle("1", "2")));
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .startsWith(
            "exchange,symbol,model,id,time,price,size,side",
            "acme,BTC/USDT,trade,7,2025-01-01T00:00:00Z,3,0.1,buy",
            "acme,BTC/USDT,trade,7,2025-01-01T00:00:00Z,4,0.2,buy",
            "")
        .element(4)
        .asString()
        .startsWith("exchange,symbol,model,interval,");
  }

  record Note(String text, Optional<Place> place, List<String> words) {}

  record Place(OptionalInt floor, BigDecimal area) {}

  @Test
  void csvTakesRecordsApartWritesListsAsJsonAndQuotesWhatNeedsIt() {
    var heading = Heading.of("acme", Optional.empty(), "note", Note.class, "");
    var note =
        new Note(
            "He said \"no\",\nthen left",
            Optional.of(new Place(OptionalInt.of(3), new BigDecimal("1.20"))),
            List.of("a", "b,c"));
    assertThat(written(Format.CSV, heading, note, new Note("", Optional.empty(), List.of())))
        .isEqualTo(
            """
            exchange,model,text,place.floor,place.area,words
            acme,note,"He said ""no"",
            then left",3,1.20,"[""a"",""b,c""]"
            acme,note,,,,[]
            """);
  }

  @Test
  void aRowsOwnSymbolTakesThePlaceOfTheCommonOne() {
    var instrument =
        new Instrument(
            Symbol.of("ETH/USDT"),
            "ETHUSDT",
            Instrument.Kind.SPOT,
            Instrument.Status.TRADING,
            Optional.of(new BigDecimal("0.01")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var heading = Heading.of("acme", Optional.of("x"), "instrument", Instrument.class, "");
    assertThat(written(Format.CSV, heading, instrument))
        .contains("exchange,symbol,model,name,kind")
        .contains("acme,ETH/USDT,instrument,ETHUSDT,spot,trading,0.01,");
    assertThat(written(Format.NDJSON, heading, instrument))
        .isEqualTo(
            """
            {"exchange":"acme","model":"instrument","symbol":"ETH/USDT","name":"ETHUSDT","kind":"spot",\
            "status":"trading","tickSize":"0.01"}
            """);
  }

  @Test
  void aTableAlignsNumbersByTheirPointsAndLeavesEmptyColumnsOut() {
    assertThat(written(Format.TABLE, candles(), candle("93576.00", "1.50"), candle("8.125", "20")))
        .isEqualTo(
            """
            acme BTC/USDT candle 1m
              interval  time             open       high        low      close  volume  closed  origin
              1m        2025-01-01  93576.000  93576.000  93576.000  93576.000     1.5  true    rest
              1m        2025-01-01      8.125      8.125      8.125      8.125    20.0  true    rest
            """);
  }

  @Test
  void aTableSaysWhichColumnsDoNotFit() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var output = Format.TABLE.to(bytes, 40)) {
      output.begin(candles());
      output.rows(List.of(candle("93576.00", "1.50")));
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .allMatch(line -> line.length() <= 40 || line.startsWith("  (not shown"))
        .element(1)
        .asString()
        .isEqualTo("  (not shown for want of width: low close volume closed origin)");
  }

  @Test
  void aTableBeginsAnewWhenALaterRowDoesNotFit() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var output = Format.TABLE.to(bytes, 120)) {
      output.begin(trades());
      for (int i = 0; i < 1_000; i++) output.rows(List.of(trade("1", "1")));
      output.rows(List.of(trade("1000000", "1")));
    }
    var lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(1 + 1 + 1_000 + 1 + 1);
    assertThat(lines.get(1_002)).contains("price");
    assertThat(lines.get(1_003)).contains("1000000");
  }

  @Test
  void aTableOfNothingSaysSo() {
    assertThat(written(Format.TABLE, candles())).isEqualTo("acme BTC/USDT candle 1m\n  no rows\n");
  }

  @Test
  void aBookIsWrittenWithItsSidesBesideEachOther() {
    var book =
        new OrderBook(
            Optional.of(NEW_YEAR),
            OptionalLong.of(42),
            List.of(level("99.5", "1"), level("99", "12.25")),
            List.of(level("100", "3")));
    assertThat(
            written(
                Format.TABLE,
                Heading.of("acme", Optional.of("BTC/USDT"), "book", OrderBook.class, ""),
                book))
        .isEqualTo(
            """
            acme BTC/USDT book
              time 2025-01-01 00:00:00  sequence 42
                      bids | asks
               size  price | price  size
               1.00   99.5 |   100     3
              12.25   99.0 |
            """);
  }

  @AsArray
  record Point(BigDecimal strike, BigDecimal volatility) {}

  record Smile(Instant time, List<Point> points) {}

  @Test
  void listsOfRecordsNobodyHereKnowsAreWrittenAlike() {
    var smile =
        new Smile(NEW_YEAR, List.of(new Point(new BigDecimal("90"), new BigDecimal("0.52"))));
    var heading = Heading.of("acme", Optional.of("BTC/USDT"), "smile", Smile.class, "");
    assertThat(written(Format.TABLE, heading, smile))
        .isEqualTo(
            """
            acme BTC/USDT smile
              time 2025-01-01 00:00:00
              points
              strike  volatility
                  90        0.52
            """);
    assertThat(written(Format.CSV, heading, smile))
        .isEqualTo(
            """
            exchange,symbol,model,time,points
            acme,BTC/USDT,smile,2025-01-01T00:00:00Z,"[[""90"",""0.52""]]"
            """);
  }

  private static OrderBook.Level level(String price, String size) {
    return new OrderBook.Level(new BigDecimal(price), new BigDecimal(size));
  }

  private static Heading candles() {
    return Heading.of("acme", Optional.of("BTC/USDT"), "candle", Candle.class, "1m");
  }

  private static Heading trades() {
    return Heading.of("acme", Optional.of("BTC/USDT"), "trade", Trade.class, "");
  }

  private static Candle candle(String price, String volume) {
    var p = new BigDecimal(price);
    return new Candle(Interval.M1, NEW_YEAR, p, p, p, p, new BigDecimal(volume));
  }

  private static Trade trade(String price, String size) {
    return new Trade("7", NEW_YEAR, new BigDecimal(price), new BigDecimal(size), Side.BUY);
  }

  private static String written(Format format, Heading heading, Object... rows) {
    var bytes = new ByteArrayOutputStream();
    try (var output = format.to(bytes, 120)) {
      output.begin(heading);
      output.rows(List.of(rows));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
