package io.tradeflood.turn;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A connector for tests; package-private, as anybody's may be. */
interface Acme {
  Outside outside();

  static Acme of(Outside outside) {
    return of(outside, "acme.rest");
  }

  static Acme of(Outside outside, Object owner) {
    return Turns.implement(Acme.class, owner, (_, _) -> outside);
  }

  @TurnExecution
  default Turn<String> page(String symbol, int number) {
    return outside().get("page " + symbol + " " + number, 2);
  }

  @TurnExecution
  default Turn<String> ticker(String symbol) {
    return outside().get("ticker " + symbol, 4);
  }

  @TurnExecution
  default Turn<String> tickers() {
    return outside().get("tickers", 40);
  }

  @TurnExecution
  default Turn<String> sized(BigDecimal size) {
    return outside().get("sized " + size, 1);
  }

  @TurnExecution
  default Turn<String> many(List<String> symbols, Map<String, Integer> depths) {
    return outside().get("many " + symbols + depths, 1);
  }

  @TurnExecution
  default Turn<String> at(Instant moment) {
    return outside().get("at " + moment, 1);
  }

  @TurnExecution
  default Turn<String> anything(Object thing) {
    return outside().get("anything " + thing, 1);
  }

  @TurnExecution
  default Turn<String> bars(String... symbols) {
    return outside().get("bars " + String.join(",", symbols), 1);
  }

  /** What is had with what another call gave. */
  @TurnExecution
  default Turn<String> of(String key, Turn<String> first) {
    return outside().get("of " + key + " " + Leaf.value(first), 1);
  }

  @TurnExecution
  default Turn<String> nested() {
    return page("BTC", 1);
  }

  @TurnExecution
  default Turn<String> nestedLater() {
    return outside().get("nested later", 1).then(_ -> page("BTC", 1));
  }

  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed> feed(String symbol) {
    return Turn.of(new Open(outside(), symbol));
  }

  @TurnExecution(TurnExecution.Kind.WRITE)
  default Turn<String> order(String symbol) {
    return outside().get("order " + symbol, 1);
  }

  /** Something that is held open. */
  final class Feed implements AutoCloseable {
    final AtomicInteger closed = new AtomicInteger();

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  record Open(Outside outside, String symbol) implements Act<Feed, Feed> {
    @Override
    public Description describe(Call<?> call) {
      return Description.of("SUBSCRIBE " + symbol);
    }

    @Override
    public Optional<Subscription> subscription(Call<?> call) {
      return Optional.of(() -> outside);
    }

    @Override
    public Feed perform(Call<?> call) {
      outside.asked.merge("feed " + symbol, 1, Integer::sum);
      return new Feed();
    }

    @Override
    public Feed read(Feed feed) {
      return feed;
    }
  }

  /** What a turn among the arguments has become when the endpoint sees it. */
  final class Leaf {
    private Leaf() {}

    static String value(Turn<String> known) {
      return switch (known) {
        case Turn.Now<String>(var value) -> value;
        default -> throw new AssertionError("Not known yet: " + known);
      };
    }
  }
}
