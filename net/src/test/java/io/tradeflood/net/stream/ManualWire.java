package io.tradeflood.net.stream;

import io.tradeflood.net.StreamLoop;
import io.tradeflood.net.StreamWire;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.proxy.Rotation;
import io.tradeflood.turn.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A wire without a network, whose time goes on when a test says so. Belongs to one thread. */
final class ManualWire implements StreamWire, StreamLoop {
  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparingLong(Alarm::at).thenComparingLong(Alarm::order));
  final List<Connection> opened = new ArrayList<>();
  private long now;
  private long order;

  private record Alarm(long at, long order, Runnable work) {}

  /** Does all that is due within so long. */
  void pass(Duration time) {
    long until = now + time.toNanos();
    runTasks();
    while (!alarms.isEmpty() && alarms.peek().at <= until) {
      var alarm = alarms.remove();
      now = Math.max(now, alarm.at);
      alarm.work.run();
      runTasks();
    }
    now = until;
  }

  private void runTasks() {
    for (var task = tasks.poll(); task != null; task = tasks.poll()) task.run();
  }

  Duration passed() {
    return Duration.ofNanos(now);
  }

  /** The connection that was opened last. */
  Connection last() {
    return opened.getLast();
  }

  /** One that was opened. */
  final class Connection implements Line {
    final String path;
    final Listener listener;
    final Duration at = passed();
    final List<String> sent = new ArrayList<>();
    final List<Duration> sentAt = new ArrayList<>();
    boolean closed;

    Connection(String path, Listener listener) {
      this.path = path;
      this.listener = listener;
    }

    /** It opens, and the exchange takes all that is asked for. */
    Connection accept() {
      listener.opened();
      runTasks();
      acknowledge();
      return this;
    }

    void acknowledge() {
      for (String text : List.copyOf(sent))
        if (text.startsWith("{\"op\""))
          tell("{\"done\":" + text.replaceFirst(".*\"id\":(\\d+).*", "$1") + "}");
    }

    void tell(String message) {
      byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
      listener.message(bytes, 0, bytes.length, instant());
      runTasks();
    }

    void breaks() {
      closed = true;
      listener.closed(new Failure.Unreachable("it broke", "receive", "direct"), false);
      runTasks();
    }

    /** The exchange answers the request that opens it with 400. */
    void refuse(String text) {
      closed = true;
      listener.closed(new Failure.Refused("status 400, " + text, "400", 400), true);
      runTasks();
    }

    @Override
    public void send(String text) {
      sent.add(text);
      sentAt.add(passed());
    }

    @Override
    public void ping() {
      send("ping");
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public long bytes() {
      return 0;
    }
  }

  private record OnlyWay(String key) implements Way {
    @Override
    public String planned() {
      return key;
    }

    @Override
    public Rotation rotation() {
      return Rotation.never();
    }
  }

  @Override
  public StreamLoop loop() {
    return this;
  }

  @Override
  public List<? extends Way> ways(RequestType type) {
    return List.of(new OnlyWay("direct"));
  }

  @Override
  public String shown(Opening opening) {
    return opening.url();
  }

  @Override
  public Line open(Opening opening, StreamLoop loop, Listener listener) {
    var connection = new Connection(opening.path(), listener);
    opened.add(connection);
    return connection;
  }

  @Override
  public double random() {
    return 0.5;
  }

  @Override
  public void whenOver(Runnable told) {}

  @Override
  public void close() {}

  @Override
  public void execute(Runnable work) {
    tasks.add(work);
  }

  @Override
  public Timer schedule(long nanos, Runnable work) {
    var alarm = new Alarm(now + nanos, order++, work);
    alarms.add(alarm);
    return () -> alarms.remove(alarm);
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public Instant instant() {
    return BEGIN.plusNanos(now);
  }
}
