package io.tradeflood.simulator.stream;

import io.tradeflood.simulator.wire.Json;
import io.tradeflood.simulator.wire.WebSocket;
import io.tradeflood.simulator.wire.WebSocketReader;
import io.tradeflood.simulator.wire.WebSocketReader.Message;
import io.tradeflood.simulator.wire.WebSocketWriter;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One connection with its streams. What comes in is read by the thread of the connection and handed
 * to a second one, to which everything else here belongs.
 */
public final class Session implements WebSocket.Talk, Outlet {
  private static final System.Logger LOG = System.getLogger(Session.class.getName());
  private static final int INBOX = 256;
  private static final long LONGEST_WAIT = 50;
  private static final long SECOND = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Sessions sessions;
  private final Dialect dialect;
  private final Lifeline life;
  private final ArrayBlockingQueue<Message> inbox = new ArrayBlockingQueue<>(INBOX);
  private final List<Subscription> subscriptions = new ArrayList<>();
  private final Json json = new Json(4096);
  private volatile boolean over;
  private volatile boolean gone;
  private volatile boolean ending;
  private volatile @Nullable Thread speaker;

  private @Nullable WebSocketWriter writer;
  private @Nullable Subscription speaking;
  private long silentUntil = Long.MIN_VALUE;
  private long hangUpAt = Long.MAX_VALUE;
  private int takenBack;

  public Session(Sessions sessions, Dialect dialect) {
    this.sessions = sessions;
    this.dialect = dialect;
    this.life =
        new Lifeline(
            dialect.rules(),
            sessions.fates(),
            dialect.path() + "/",
            sessions.limitClock().millis());
  }

  @Override
  public void on(WebSocketReader reader, WebSocketWriter out) throws IOException {
    Thread thread = Thread.ofVirtual().name("simulator-stream").unstarted(() -> speak(out));
    speaker = thread;
    sessions.add(this);
    thread.start();
    try {
      read(reader, thread);
    } finally {
      gone = true;
      LockSupport.unpark(thread);
      finish(thread);
      sessions.remove(this);
    }
  }

  private void read(WebSocketReader reader, Thread thread) throws IOException {
    try {
      Message message;
      do {
        message = reader.read();
        hand(message, thread);
      } while (!over && !(message instanceof Message.Close));
    } catch (WebSocketReader.Broken e) {
      hand(new Message.Close(e.code(), String.valueOf(e.getMessage())), thread);
    } catch (EOFException | SocketException e) {
      LOG.log(Level.TRACE, "A client left");
    }
  }

  /** Waits for the last word to be said, but not for a client that does not listen. */
  private static void finish(Thread thread) {
    join(thread);
    while (thread.isAlive()) {
      thread.interrupt();
      join(thread);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void hand(Message message, Thread thread) {
    try {
      while (!over && !inbox.offer(message, LONGEST_WAIT, TimeUnit.MILLISECONDS)) {
        continue;
      }
      LockSupport.unpark(thread);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says good-bye and closes the connection; may be called by anybody. */
  void finish() {
    ending = true;
    LockSupport.unpark(speaker);
  }

  private void speak(WebSocketWriter out) {
    writer = out;
    try {
      dialect.opened(this);
      while (!over) {
        boolean last = gone;
        hear();
        if (last) {
          over = true;
        }
        keep();
        long due = say();
        out.cut(takenBack);
        if (!over) {
          await(due);
        }
      }
    } catch (IOException e) {
      LOG.log(Level.TRACE, "A client left: {0}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A stream of " + dialect.path() + " failed", e);
    } finally {
      over = true;
      hangUp(out);
    }
  }

  private static void hangUp(WebSocketWriter out) {
    try {
      out.hangUp();
    } catch (IOException e) {
      LOG.log(Level.TRACE, "A connection could not be closed: {0}", e.getMessage());
    }
  }

  private void hear() throws IOException {
    for (Message message = inbox.poll(); message != null && !over; message = inbox.poll()) {
      switch (message) {
        case Message.Close(int code, String reason) -> {
          if (hangUpAt == Long.MAX_VALUE) {
            out().close(code, reason);
          }
          out().flush();
          over = true;
        }
        case Message.Text(String text) -> {
          if (tooMany()) {
            close(1008, "Too many requests");
          } else {
            dialect.heard(this, text);
          }
        }
        case Message.Binary(byte[] bytes) -> close(1003, "Text only, was " + bytes.length);
        case Message.Ping(byte[] bytes) -> {
          out().pong(bytes);
          if (tooMany()) {
            close(1008, "Too many requests");
          }
        }
        case Message.Pong(byte[] _) -> {
          life.ponged();
          if (tooMany()) {
            close(1008, "Too many requests");
          }
        }
      }
    }
  }

  private boolean tooMany() {
    return life.isTooMuch(real()) && sessions.limited();
  }

  /** Pings, deadlines and the end of the connection's life. */
  private void keep() {
    long now = real();
    if (hangUpAt != Long.MAX_VALUE) {
      if (now >= hangUpAt) {
        over = true;
      }
      return;
    }
    if (ending) {
      close(1001, "The simulator stops");
      return;
    }
    switch (life.need(now)) {
      case NOTHING -> {}
      case PING -> out().ping(Long.toString(now).getBytes(StandardCharsets.US_ASCII));
      case NOTICE -> dialect.closingSoon(this);
      case DROP -> {
        sessions.fates().disconnected();
        over = true;
      }
      case UNANSWERED -> close(1008, "Pong timeout");
      case SILENT -> close(1008, "Ping timeout");
      case OLD -> {
        if (life.isOldByChaos()) {
          sessions.fates().outlived();
        }
        close(1001, "The connection has lived long enough");
      }
    }
  }

  /** Says all that is due; when the next thing will be. */
  private long say() throws IOException {
    while (!over && hangUpAt == Long.MAX_VALUE) {
      long due = Source.NEVER;
      for (int i = 0; i < subscriptions.size(); i++) {
        due = Math.min(due, subscriptions.get(i).source().due());
      }
      if (due > sessions.clock().millis()) {
        return due;
      }
      for (int i = 0; i < subscriptions.size() && !over; i++) {
        Subscription subscription = subscriptions.get(i);
        if (subscription.source().due() <= due) {
          speaking = subscription;
          subscription.source().say(due, this);
        }
      }
      if (out().isFull()) {
        out().flush();
        if (!inbox.isEmpty() || ending) {
          return due;
        }
      }
    }
    return Source.NEVER;
  }

  private void await(long due) {
    double wait = due == Source.NEVER ? LONGEST_WAIT : due - sessions.clock().millis();
    double millis = Math.min(LONGEST_WAIT, wait / sessions.speed());
    if (millis > 0 && inbox.isEmpty()) {
      LockSupport.parkNanos((long) (millis * 1_000_000));
    }
  }

  @Override
  public Json begin() {
    dialect.beforeMessage(json.clear(), current());
    return json;
  }

  @Override
  public void send() {
    Subscription subscription = current();
    dialect.afterMessage(json, subscription);
    if (over || silentUntil != Long.MIN_VALUE && real() < silentUntil) {
      return;
    }
    suffer(subscription, sessions.fates().message(subscription.path()));
  }

  private void suffer(Subscription subscription, Fates.Fate fate) {
    switch (fate) {
      case Fates.Fate.Arrives(int times) -> {
        for (int i = 0; i < times; i++) {
          deliver(subscription);
        }
      }
      case Fates.Fate.Reordered() -> subscription.hold(json.toBytes());
      case Fates.Fate.Stall(Duration time) -> silentUntil = real() + time.toMillis();
      case Fates.Fate.Cut() -> {
        int before = out().gathered();
        deliver(subscription);
        int frame = out().gathered() - before;
        takenBack = 1 + (int) Math.floorMod(real(), (long) frame - 1);
        over = true;
      }
    }
  }

  private void deliver(Subscription subscription) {
    out().text(json.array(), json.length());
    sessions.sent();
    byte[] held = subscription.release();
    if (held != null) {
      out().text(held, held.length);
      sessions.sent();
    }
  }

  @Override
  public boolean spoilsChecksum() {
    return sessions.fates().wrongChecksum(current().path());
  }

  /** The present of the market. */
  public long now() {
    return sessions.clock().millis();
  }

  /** Says something that belongs to no stream. */
  public void tell(Json message) {
    out().text(message.array(), message.length());
  }

  /** Says something that belongs to no stream. */
  public void tell(String message) {
    out().text(message);
  }

  /** The client did what keeps it alive. */
  public void alive() {
    life.alive(real());
  }

  /** Says good-bye; nothing more will be said. */
  public void close(int code, String reason) {
    if (hangUpAt == Long.MAX_VALUE) {
      out().close(code, reason);
      hangUpAt = real() + SECOND;
    }
  }

  /** The streams in the order of their subscription. */
  public List<Subscription> subscriptions() {
    return List.copyOf(subscriptions);
  }

  /** How many streams there are. */
  public int size() {
    return subscriptions.size();
  }

  /** Whether there is a stream with that name. */
  public boolean has(String name) {
    return subscriptions.stream().anyMatch(subscription -> subscription.name().equals(name));
  }

  /** Whether a subscription of the stream is to be refused. */
  public boolean refuses(String stream) {
    return sessions.fates().refused(path(stream));
  }

  /** Adds a stream. */
  public void subscribe(String name, String stream, Source source) {
    subscriptions.add(new Subscription(name, path(stream), source));
  }

  /** Ends a stream, if there is one with that name. */
  public boolean unsubscribe(String name) {
    return subscriptions.removeIf(subscription -> subscription.name().equals(name));
  }

  private String path(String stream) {
    return dialect.path() + "/" + stream;
  }

  private Subscription current() {
    if (speaking == null) {
      throw new IllegalStateException("Nobody speaks");
    }
    return speaking;
  }

  private WebSocketWriter out() {
    if (writer == null) {
      throw new IllegalStateException("The connection is not open yet");
    }
    return writer;
  }

  private long real() {
    return sessions.limitClock().millis();
  }
}
