package io.tradeflood.net;

import io.tradeflood.live.PlayedTime;
import io.tradeflood.net.TapeEntry.Kind;
import io.tradeflood.proxy.ProxyScheme;
import io.tradeflood.proxy.RequestType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Answers from a tape, and nothing goes out. */
final class PlayedTape implements Tape, PlayedTime {
  private final Random random;
  private final TapeDeck deck;
  private final ProxyScheme scheme;

  PlayedTape(Path file, double speed, Timeline real, ProxyScheme scheme) {
    this.scheme = scheme;
    deck = new TapeDeck(file, speed, real);
    random = new Random(deck.seed());
  }

  @Override
  public Wire wire(Supplier<Wire> real) {
    return new Requests();
  }

  @Override
  public StreamWire streams(Supplier<StreamWire> real) {
    return new Streams();
  }

  @Override
  public Timeline timeline(Timeline real) {
    return new Timeline() {
      @Override
      public long nanos() {
        return deck.time().nanos();
      }

      @Override
      public Instant instant() {
        return deck.time().instant();
      }

      /** The tape has the next answer at its time, whenever it is asked for. */
      @Override
      public void sleep(long nanos) {}
    };
  }

  @Override
  public boolean isPlayed() {
    return true;
  }

  // The time.

  @Override
  public Instant instant() {
    return deck.time().instant();
  }

  @Override
  public void run(Duration delay, Runnable task) {
    deck.time().run(delay, task);
  }

  @Override
  public void fetch(String name, Runnable task) {
    deck.time().fetch(name, task);
  }

  @Override
  public void close() {
    deck.close();
  }

  private final class Requests implements Wire {
    @Override
    public WireReply exchange(WireRequest request) throws InterruptedException, WireFailure {
      deck.start();
      try {
        var entry = deck.replies().ask(TapeText.line(request));
        if (entry.kind() == Kind.FAULT) throw TapeText.fault(entry);
        return TapeText.reply(entry, deck.time().nanos());
      } catch (ExecutionException missing) {
        throw new WireFailure(
            Phase.SEND,
            WireFailure.Kind.ABSENT,
            "was not asked: the tape has no answer, or none any more, to " + TapeText.line(request),
            missing);
      }
    }

    @Override
    public HttpReply post(URI url, Map<String, String> headers, byte[] body) throws WireFailure {
      throw new WireFailure(
          Phase.CONNECT, WireFailure.Kind.LASTING, "is not told anything by a tape", null);
    }

    @Override
    public void close() {}
  }

  private final class Streams implements StreamWire {
    @Override
    public StreamLoop loop() {
      deck.start();
      return deck.time();
    }

    @Override
    public List<? extends Way> ways(RequestType type) {
      return Egress.of(scheme.route(type), type);
    }

    @Override
    public String shown(Opening opening) {
      return StreamAddress.of(opening).shown();
    }

    @Override
    public Line open(Opening opening, StreamLoop loop, Listener listener) {
      return deck.dial(opening.context().hostName() + "\n" + opening.group(), listener);
    }

    @Override
    public double random() {
      return random.nextDouble();
    }

    @Override
    public void whenOver(Runnable told) {
      deck.whenOver(told);
    }

    @Override
    public void close() {
      deck.close();
    }
  }
}
