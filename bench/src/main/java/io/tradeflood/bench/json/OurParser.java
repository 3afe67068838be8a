package io.tradeflood.bench.json;

import io.tradeflood.binding.Binding;
import io.tradeflood.connector.Connector;
import io.tradeflood.connector.ConnectorContext;
import io.tradeflood.exchange.binance.BinanceFuturesRest;
import io.tradeflood.exchange.binance.BinanceFuturesTrades;
import io.tradeflood.exchange.binance.BinanceSpotBook;
import io.tradeflood.exchange.binance.BinanceSpotCandles;
import io.tradeflood.exchange.binance.BinanceSpotRest;
import io.tradeflood.history.Page;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Window;
import io.tradeflood.net.LimitState;
import io.tradeflood.net.RestConnector;
import io.tradeflood.net.RestObserver;
import io.tradeflood.net.RestRequest;
import io.tradeflood.net.RestTransport;
import io.tradeflood.turn.Act;
import io.tradeflood.turn.Call;
import io.tradeflood.turn.Description;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnRunner;
import io.tradeflood.turn.TurnScheme;
import io.tradeflood.turn.Turns;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The readers of Binance's connectors and the translations of its bindings, taken from the plans
 * that they make, without the engine that runs plans.
 */
final class OurParser implements Parser {
  private final Map<Kind, Turn.Step<byte[], Object>> steps = new EnumMap<>(Kind.class);
  private final Map<Kind, RestRequest.Reader<?>> readers = new EnumMap<>(Kind.class);

  /**
   * Has each plan run once, over a page that is there already, to see how it reads.
   *
   * @param pages a page of each kind
   */
  OurParser(Map<Kind, byte[]> pages) throws InterruptedException {
    for (var kind : Kind.ALL) {
      var transport = new Canned(pages.getOrDefault(kind, new byte[0]));
      var turn = turn(kind, transport);
      var scheme = new TurnScheme();
      var ask = scheme.ask(kind.word(), turn);
      try (var runner = new TurnRunner();
          var run = runner.start(scheme)) {
        run.result(ask).await();
      }
      steps.put(kind, unrolled(turn, transport));
      readers.put(kind, transport.reader());
    }
  }

  @Override
  public Object read(Kind kind, byte[] page) throws Exception {
    var step = steps.get(kind);
    if (step == null) throw new IllegalArgumentException("No plan reads " + kind);
    return step.apply(page);
  }

  /** The exchange's rows, as its connector gives them. */
  Object rows(Kind kind, byte[] page) throws Exception {
    var reader = readers.get(kind);
    if (reader == null) throw new IllegalArgumentException("No plan reads " + kind);
    return reader.read(page);
  }

  @Override
  public List<String> said(Kind kind, Object models) {
    return OurModels.said(models);
  }

  private static Turn<?> turn(Kind kind, RestTransport transport) {
    var spot = connector(BinanceSpotRest.class, "spot-rest", transport);
    var futures = connector(BinanceFuturesRest.class, "futures-rest", transport);
    var range = new TimeRange(Instant.EPOCH, Interval.parse("1m").plus(Instant.EPOCH, 1000));
    return switch (kind) {
      case KLINES -> {
        var binding = binding(BinanceSpotCandles.class);
        var query = new CandleQuery(Symbol.of("BTC/USDT"), Interval.parse("1m"), range);
        yield binding.plan(spot, query, new Page(range, 1000, binding.pages(query).ends(), false));
      }
      case DEPTH ->
          binding(BinanceSpotBook.class)
              .plan(spot, new BookQuery(Symbol.of("BTC/USDT"), OptionalInt.of(1000)));
      case TRADES ->
          binding(BinanceFuturesTrades.class)
              .latest(
                  futures, new SeriesQuery(Symbol.of("BTC/USDT:USDT"), Window.latest(1000)), 1000);
    };
  }

  private static <C extends Connector> C connector(
      Class<C> type, String name, RestTransport transport) {
    var context =
        new ConnectorContext(
            "binance",
            name,
            "",
            Optional.empty(),
            _ -> Optional.empty(),
            new ConnectorContext.Services() {
              @Override
              public <S> S get(Class<S> wanted) {
                return wanted.cast(transport);
              }
            });
    return Turns.implement(type, context.hostName(), (_, _) -> context);
  }

  private static <B extends Binding<?, ?, ?>> B binding(Class<B> type) {
    return Turns.implement(
        type,
        type.getSimpleName(),
        (method, _) -> {
          throw new IllegalStateException(method + " is not needed to read pages");
        });
  }

  /** The steps of a turn, one after the other, with the reader where its one call stands. */
  @SuppressWarnings("unchecked") // each step takes what the one before it gives, by its turn's type
  private static Turn.Step<byte[], Object> unrolled(Turn<?> turn, Canned transport) {
    return switch (turn) {
      case Call<?> _ -> transport.reader()::read;
      case Turn.Recover<?> recover -> unrolled(recover.source(), transport);
      case Turn.Then<?, ?> then when !then.turns() -> {
        var source = unrolled(then.source(), transport);
        var step = (Turn.Step<Object, Object>) then.step();
        yield page -> step.apply(source.apply(page));
      }
      default -> throw new IllegalStateException("A page is read by more than one call: " + turn);
    };
  }

  /** A transport that has one answer and keeps how it was read. */
  private static final class Canned implements RestTransport {
    private final byte[] page;
    private volatile Optional<RestRequest.Reader<?>> reader = Optional.empty();

    Canned(byte[] page) {
      this.page = page;
    }

    RestRequest.Reader<?> reader() {
      return reader.orElseThrow();
    }

    @Override
    public RestRequest get(RestConnector connector, String path) {
      return new Request();
    }

    @Override
    public List<LimitState> limits() {
      return List.of();
    }

    @Override
    public void observe(RestObserver observer) {}

    private final class Request implements RestRequest {
      @Override
      public RestRequest query(String name, Object value) {
        return this;
      }

      @Override
      public RestRequest header(String name, String value) {
        return this;
      }

      @Override
      public RestRequest cost(String limit, long amount) {
        return this;
      }

      @Override
      public <T> Turn<T> as(Class<T> record) {
        throw new IllegalStateException("Pages are not read as " + record);
      }

      @Override
      public <T> Turn<List<T>> asList(Class<T> row) {
        throw new IllegalStateException("Pages are not read as " + row);
      }

      @Override
      public <T> Turn<T> read(Reader<T> by) {
        reader = Optional.of(by);
        return Turn.of(new Reading<>(by));
      }
    }

    private final class Reading<T> implements Act<byte[], T> {
      private final RestRequest.Reader<T> reader;

      Reading(RestRequest.Reader<T> reader) {
        this.reader = reader;
      }

      @Override
      public Description describe(Call<?> call) {
        return new Description(call.toString(), call.endpoint(), "nowhere", List.of());
      }

      @Override
      public byte[] perform(Call<?> call) {
        return page;
      }

      @Override
      public T read(byte[] answer) {
        try {
          return reader.read(answer);
        } catch (Exception unreadable) {
          throw new IllegalStateException(unreadable);
        }
      }
    }
  }
}
