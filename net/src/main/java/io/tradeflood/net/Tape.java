package io.tradeflood.net;

import io.tradeflood.connector.ServiceContext;
import java.util.function.Supplier;

/** Stands between what is done and what goes over the wire: to record it, or to play it. */
interface Tape extends AutoCloseable {
  String RECORD = "tape.record";
  String REPLAY = "tape.replay";
  String SPEED = "tape.speed";

  /** The tape of a TradeFlood, shared by its transports. */
  static Tape of(ServiceContext context) {
    boolean any =
        context.settings().get(RECORD).isPresent() || context.settings().get(REPLAY).isPresent();
    return any ? context.services().get(Tape.class) : NONE;
  }

  /** No tape at all. */
  Tape NONE =
      new Tape() {
        @Override
        public Wire wire(Supplier<Wire> real) {
          return real.get();
        }

        @Override
        public StreamWire streams(Supplier<StreamWire> real) {
          return real.get();
        }

        @Override
        public Timeline timeline(Timeline real) {
          return real;
        }

        @Override
        public boolean isPlayed() {
          return false;
        }

        @Override
        public void close() {}
      };

  /** The wire of requests. */
  Wire wire(Supplier<Wire> real);

  /** The wire of streams. */
  StreamWire streams(Supplier<StreamWire> real);

  /** The time of what goes over the wire. */
  Timeline timeline(Timeline real);

  /** Whether nothing goes out at all. */
  boolean isPlayed();

  @Override
  void close();
}
