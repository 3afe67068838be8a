package io.tradeflood.simulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Listens to a simulator's streams over the JDK's WebSocket, as anybody would. */
final class Listener implements WebSocket.Listener, AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final StringBuilder part = new StringBuilder();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger pings = new AtomicInteger();
  private final WebSocket socket;
  private volatile int code;

  Listener(URI base, String path) {
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .connectTimeout(PATIENCE)
            .buildAsync(URI.create(base + path), this)
            .join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      messages.add(part.toString());
      part.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    pings.incrementAndGet();
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    code = status;
    closed.countDown();
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    code = 1006;
    closed.countDown();
  }

  void say(String text) {
    socket.sendText(text, true).join();
  }

  /** Says something to who may have hung up already; whether it could be said. */
  boolean trySay(String text) {
    try {
      say(text);
      return true;
    } catch (CompletionException e) {
      return false;
    }
  }

  int pings() {
    return pings.get();
  }

  /** Waits for the end of the connection; its code, 1006 for an end without a word. */
  int awaitEnd() {
    try {
      if (!closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("The connection did not end");
      }
      return code;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String text() {
    try {
      String text = messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (text == null) {
        throw new AssertionError("Nothing came");
      }
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  JsonNode json() {
    return MAPPER.readTree(text());
  }

  /** The next message that is like that; the ones before are thrown away. */
  JsonNode json(Predicate<JsonNode> wanted) {
    while (true) {
      JsonNode message = json();
      if (wanted.test(message)) {
        return message;
      }
    }
  }

  /** The next event of a type. */
  JsonNode event(String type) {
    return json(message -> message.path("e").asString("").equals(type));
  }

  List<JsonNode> events(String type, int count) {
    List<JsonNode> events = new ArrayList<>();
    while (events.size() < count) {
      events.add(event(type));
    }
    return events;
  }

  /** The messages that have come so far. */
  int waiting() {
    return messages.size();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
