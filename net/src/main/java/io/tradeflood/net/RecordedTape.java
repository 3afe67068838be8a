package io.tradeflood.net;

import io.tradeflood.net.TapeEntry.Kind;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.turn.Failure;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes down what goes over the wire. */
final class RecordedTape implements Tape {
  private final TapeWriter writer;
  private final Random random;
  private final Timeline timeline;

  RecordedTape(Path file, long seed, Timeline timeline) {
    writer = new TapeWriter(file, seed);
    random = new Random(seed);
    this.timeline = timeline;
  }

  @Override
  public Wire wire(Supplier<Wire> real) {
    return new Requests(real.get());
  }

  @Override
  public StreamWire streams(Supplier<StreamWire> real) {
    return new Streams(real.get());
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
  public void close() {
    writer.close();
  }

  private final class Requests implements Wire {
    private final Wire real;

    Requests(Wire real) {
      this.real = real;
    }

    @Override
    public WireReply exchange(WireRequest request) throws InterruptedException, WireFailure {
      try {
        var reply = real.exchange(request);
        writer.write(TapeText.reply(request, reply));
        return reply;
      } catch (WireFailure failure) {
        writer.write(TapeText.fault(request, failure, timeline.instant()));
        throw failure;
      }
    }

    @Override
    public HttpReply post(URI url, Map<String, String> headers, byte[] body)
        throws InterruptedException, WireFailure {
      return real.post(url, headers, body);
    }

    @Override
    public void close() {
      real.close();
    }
  }

  private final class Streams implements StreamWire {
    private final StreamWire real;

    Streams(StreamWire real) {
      this.real = real;
    }

    @Override
    public StreamLoop loop() {
      return new Loop(real.loop());
    }

    @Override
    public List<? extends Way> ways(RequestType type) {
      return real.ways(type);
    }

    @Override
    public String shown(Opening opening) {
      return real.shown(opening);
    }

    @Override
    public Line open(Opening opening, StreamLoop loop, Listener listener) {
      if (!(loop instanceof Loop own))
        throw new IllegalArgumentException("The loop must be this wire's own");
      var line = new Recorder(writer.number(), own, listener);
      line.write(
          Kind.DIAL,
          String.join("\n", opening.context().hostName(), opening.group(), real.shown(opening)));
      line.real = real.open(opening, own.real, line);
      return line;
    }

    @Override
    public double random() {
      return random.nextDouble();
    }

    @Override
    public void whenOver(Runnable told) {
      real.whenOver(told);
    }

    @Override
    public void close() {
      real.close();
    }
  }

  /** Whatever is done because of something that came is done at the very moment when it came. */
  private static final class Loop implements StreamLoop {
    final StreamLoop real;
    @Nullable Instant now;

    Loop(StreamLoop real) {
      this.real = real;
    }

    @Override
    public void execute(Runnable work) {
      real.execute(work);
    }

    @Override
    public Timer schedule(long nanos, Runnable work) {
      return real.schedule(nanos, work);
    }

    @Override
    public long nanos() {
      return real.nanos();
    }

    @Override
    public Instant instant() {
      var held = now;
      return held == null ? real.instant() : held;
    }
  }

  private final class Recorder implements StreamWire.Listener, StreamWire.Line {
    private final int number;
    private final Loop loop;
    private final StreamWire.Listener listener;
    StreamWire.@Nullable Line real;

    Recorder(int number, Loop loop, StreamWire.Listener listener) {
      this.number = number;
      this.loop = loop;
      this.listener = listener;
    }

    void write(Kind kind, String body) {
      write(kind, body, loop.instant());
    }

    private void write(Kind kind, String body, Instant when) {
      writer.write(TapeEntry.of(kind, number, TapeText.nanos(when), body));
    }

    private void tell(Kind kind, String body, Runnable telling) {
      Instant when = loop.real.instant();
      write(kind, body, when);
      at(when, telling);
    }

    private void at(Instant when, Runnable telling) {
      loop.now = when;
      try {
        telling.run();
      } finally {
        loop.now = null;
      }
    }

    @Override
    public void opened() {
      tell(Kind.OPEN, "", listener::opened);
    }

    @Override
    public void message(byte[] bytes, int offset, int length, Instant received) {
      writer.write(Kind.GOT, number, TapeText.nanos(received), bytes, offset, length);
      at(received, () -> listener.message(bytes, offset, length, received));
    }

    @Override
    public void pinged() {
      tell(Kind.PING, "", listener::pinged);
    }

    @Override
    public void ponged() {
      tell(Kind.PONG, "", listener::ponged);
    }

    @Override
    public void closed(Failure why, boolean lasting) {
      tell(Kind.END, TapeText.end(why, lasting), () -> listener.closed(why, lasting));
    }

    private StreamWire.Line real() {
      var line = real;
      if (line == null) throw new IllegalStateException("It is not being opened yet");
      return line;
    }

    @Override
    public void send(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      writer.write(Kind.SENT, number, TapeText.nanos(loop.instant()), bytes, 0, bytes.length);
      real().send(text);
    }

    @Override
    public void ping() {
      real().ping();
    }

    @Override
    public void pause() {
      real().pause();
    }

    @Override
    public void resume() {
      real().resume();
    }

    @Override
    public void close() {
      write(Kind.SHUT, "");
      real().close();
    }

    @Override
    public void dead() {
      write(Kind.SHUT, "");
      real().dead();
    }

    @Override
    public long bytes() {
      var line = real;
      return line == null ? 0 : line.bytes();
    }
  }
}
