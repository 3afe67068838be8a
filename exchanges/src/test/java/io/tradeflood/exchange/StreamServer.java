package io.tradeflood.exchange;

import io.tradeflood.simulator.wire.Deflate;
import io.tradeflood.simulator.wire.HttpServer;
import io.tradeflood.simulator.wire.Request;
import io.tradeflood.simulator.wire.Response;
import io.tradeflood.simulator.wire.WebSocket;
import io.tradeflood.simulator.wire.WebSocketReader;
import io.tradeflood.simulator.wire.WebSocketReader.Message;
import io.tradeflood.simulator.wire.WebSocketWriter;
import io.tradeflood.simulator.wire.WireLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An exchange's server on loopback: takes every subscription as the exchange does and sends what it
 * is told to. Beside its WebSockets it gives recorded answers.
 */
public final class StreamServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_BYTES = 64 * 1024;
  private static final long PATIENCE = 20;

  private final Dialect dialect;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final HttpServer server;

  /** Guards the channels. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition more = lock.newCondition();

  /** Who carries each channel, in the order in which they were wanted. */
  private final Map<String, Client> channels = new LinkedHashMap<>();

  /** How an exchange is asked, and how it answers. */
  public interface Dialect {
    /** The channels that a message asks for; none if it asks for something else. */
    List<String> channels(JsonNode asked);

    /** What a message is answered with. */
    List<String> answers(JsonNode asked);
  }

  /** {@code {"method":"SUBSCRIBE","params":[..],"id":1}}. */
  public static final Dialect BINANCE =
      new Dialect() {
        @Override
        public List<String> channels(JsonNode asked) {
          return asked.get("method").asString().equals("SUBSCRIBE")
              ? asked.get("params").valueStream().map(JsonNode::asString).toList()
              : List.of();
        }

        @Override
        public List<String> answers(JsonNode asked) {
          return List.of("{\"result\":null,\"id\":%d}".formatted(asked.get("id").asLong()));
        }
      };

  /** {@code {"op":"subscribe","args":[{"instType":..,"channel":..,"instId":..}]}}. */
  public static final Dialect BITGET =
      new Dialect() {
        @Override
        public List<String> channels(JsonNode asked) {
          return asked.get("op").asString().equals("subscribe")
              ? asked
                  .get("args")
                  .valueStream()
                  .map(
                      channel ->
                          String.join(
                              "/",
                              channel.get("instType").asString(),
                              channel.get("channel").asString(),
                              channel.get("instId").asString()))
                  .toList()
              : List.of();
        }

        @Override
        public List<String> answers(JsonNode asked) {
          return asked
              .get("args")
              .valueStream()
              .map(
                  channel ->
                      "{\"event\":\"%s\",\"arg\":%s}"
                          .formatted(asked.get("op").asString(), channel))
              .toList();
        }
      };

  private StreamServer(Dialect dialect) {
    this.dialect = dialect;
    this.server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            WireLimits.DEFAULT,
            this::answer);
  }

  /** Starts one at a free port. */
  public static StreamServer start(Dialect dialect) {
    return new StreamServer(dialect);
  }

  /** Where it is, for requests and for streams. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.address().getPort());
  }

  /** Answers {@code GET} of this path and parameter with a body in JSON. */
  public void answer(String path, String symbol, String body) {
    answers.put(path + " " + symbol, body);
  }

  private Response answer(Request request) {
    if (WebSocket.isAskedFor(request))
      return WebSocket.accept(request, Deflate.Policy.ON, MOST_BYTES, _ -> new Client());
    String what = request.path() + " " + request.query().get("symbol").orElse("");
    String body = answers.get(what);
    return body == null
        ? Response.text(404, "text/plain", "nothing is recorded for " + what)
        : Response.json(200, body.getBytes(StandardCharsets.UTF_8));
  }

  /** The channels that are subscribed to, once they are so many. */
  public List<String> channels(int count) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(PATIENCE);
      while (channels.size() < count) {
        if (left <= 0)
          throw new AssertionError("%d channels, was %s".formatted(count, channels.keySet()));
        left = more.awaitNanos(left);
      }
      return List.copyOf(channels.keySet());
    } finally {
      lock.unlock();
    }
  }

  /** Sends messages of a channel; who carries it has read them all when this returns. */
  public void say(String channel, List<String> messages) throws Exception {
    Client client;
    lock.lock();
    try {
      client = channels.get(channel);
    } finally {
      lock.unlock();
    }
    if (client == null) throw new AssertionError("Nobody has subscribed to " + channel);
    client.say(messages);
  }

  @Override
  public void close() {
    server.close();
  }

  /** One connection. */
  private final class Client implements WebSocket.Talk {
    private final Semaphore pongs = new Semaphore(0);

    /** Guards the writer. */
    private final ReentrantLock speaking = new ReentrantLock();

    private final List<WebSocketWriter> writers = new ArrayList<>(1);

    @Override
    public void on(WebSocketReader reader, WebSocketWriter writer) throws IOException {
      writers.add(writer);
      while (true)
        switch (reader.read()) {
          case Message.Text(String text) -> heard(text);
          case Message.Pong _ -> pongs.release();
          case Message.Close _ -> {
            return;
          }
          case Message.Ping _, Message.Binary _ ->
              throw new IOException("Nobody sends that to an exchange");
        }
    }

    private void heard(String text) throws IOException {
      if (text.equals("ping")) {
        send(List.of("pong"), false);
        return;
      }
      var asked = JSON.readTree(text);
      send(dialect.answers(asked), false);
      lock.lock();
      try {
        for (String channel : dialect.channels(asked)) channels.put(channel, this);
        more.signalAll();
      } finally {
        lock.unlock();
      }
    }

    /** A pong says that all that came before has been read. */
    private void say(List<String> messages) throws Exception {
      send(messages, true);
      if (!pongs.tryAcquire(PATIENCE, TimeUnit.SECONDS))
        throw new AssertionError("What was sent is not read");
    }

    private void send(List<String> messages, boolean ping) throws IOException {
      speaking.lock();
      try {
        var writer = writers.getFirst();
        for (String message : messages) writer.text(message);
        if (ping) writer.ping(new byte[0]);
        writer.flush();
      } finally {
        speaking.unlock();
      }
    }
  }
}
