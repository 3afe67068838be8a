package io.tradeflood.proxyter.admin;

import static io.tradeflood.proxyter.admin.AdminFixture.OPEN;
import static io.tradeflood.proxyter.admin.AdminFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tradeflood.proxyter.event.Journal;
import io.tradeflood.proxyter.health.Change.Severity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happened, told. */
@Timeout(60)
class EventsTest {

  /** A follower on a socket of its own. */
  private static final class Follower implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Follower(int port, String path, String headers) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              ("GET "
                      + path
                      + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n"
                      + headers
                      + "\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    String line(String start) throws IOException {
      while (true) {
        String line = in.readLine();
        if (line == null) throw new IOException("the stream has ended");
        if (line.startsWith(start)) return line;
      }
    }

    long id() throws IOException {
      return Long.parseLong(line("id: ").substring(4));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static void add(AdminFixture fixture, String type) {
    fixture.journal.add(type, Severity.INFO, "test", "a test");
  }

  @Test
  void whoComesBackMissesNothing() throws Exception {
    try (var fixture = new AdminFixture(OPEN)) {
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i < 2_000; i++) {
                      add(fixture, "test.event");
                    }
                  });
      List<Long> seen = new ArrayList<>();
      long last = 0;
      for (int round = 0; seen.size() < 2_000; round++) {
        String from = round == 0 ? "" : "Last-Event-ID: " + last + "\r\n";
        try (var follower = new Follower(fixture.admin.port(), "/v1/events?after=0", from)) {
          // Breaks off in the middle, again and again.
          for (int i = 0; i < 130 && seen.size() < 2_000; i++) {
            last = follower.id();
            seen.add(last);
          }
        }
      }
      writer.join();
      assertThat(seen).hasSize(2_000).isSorted().doesNotHaveDuplicates().last().isEqualTo(2_000L);
    }
  }

  @Test
  void typesAreChosenAndAFollowerWithoutANumberGetsNewOnes() throws IOException {
    try (var fixture = new AdminFixture(OPEN)) {
      add(fixture, "old.event");
      try (var follower =
          new Follower(fixture.admin.port(), "/v1/events?type=pair.*,proxy.up", "")) {
        assertThat(follower.line("HTTP/1.1 ")).contains("200");
        assertThat(follower.line("content-type")).contains("text/event-stream");
        follower.line(": events");
        add(fixture, "proxy.down");
        add(fixture, "pair.banned");
        add(fixture, "proxy.up");
        assertThat(follower.line("event: ")).isEqualTo("event: pair.banned");
        assertThat(follower.line("data: ")).contains("\"type\":\"pair.banned\"");
        assertThat(follower.line("event: ")).isEqualTo("event: proxy.up");
      }
    }
  }

  @Test
  void aStreamBeatsWhileNothingHappensAndSaysWhatIsLost() throws Exception {
    var written = new ArrayList<String>();
    try (var journal = new Journal(InstantSource.system(), Optional.empty())) {
      for (int i = 0; i < 10_005; i++) journal.add("a.b", Severity.INFO, "s", "m");
      var streams = new Streams(journal, Duration.ofMillis(5));
      Thread reader =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      streams.follow(
                          new Reply.Events(OptionalLong.of(2), List.of()),
                          text -> {
                            synchronized (written) {
                              written.add(text);
                            }
                          });
                    } catch (InterruptedException _) {
                      Thread.currentThread().interrupt();
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  });
      until(
          () -> {
            synchronized (written) {
              return written.stream().filter(t -> t.startsWith(": 10005")).count() > 2;
            }
          });
      reader.interrupt();
      reader.join();
    }
    assertThat(written.get(1)).startsWith("event: gap\ndata: {\"after\":2,\"upTo\":5}\n\nid: 6\n");
  }

  @Test
  void pagesAreReadForwardsAndTheNewestWithoutANumber() {
    try (var fixture = new AdminFixture(OPEN)) {
      for (int i = 0; i < 30; i++) add(fixture, i % 2 == 0 ? "even.one" : "odd.one");
      var newest = fixture.get("/v1/events?limit=5").json();
      assertThat(newest.at("/items/0/seq").asInt()).isEqualTo(26);
      assertThat(newest.get("last").asInt()).isEqualTo(30);
      var page = fixture.get("/v1/events?after=10&limit=3&type=odd.*").json();
      assertThat(page.get("items").findValuesAsString("seq")).containsExactly("12", "14", "16");
      fixture.get("/v1/events?after=-1").problem(400);
      fixture.get("/v1/events?limit=0").problem(400);
      fixture.get("/v1/events", "accept", "text/event-stream", "last-event-id", "abc").problem(400);
    }
  }

  @Test
  void aReceiverIsTriedOut() throws IOException {
    var got = new java.util.concurrent.LinkedBlockingQueue<String>();
    HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          got.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });
    receiver.start();
    try (var fixture = new AdminFixture(OPEN)) {
      String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
      fixture
          .send("PUT", "/v1/callbacks/ops", "{\"url\":\"%s\",\"secret\":\"s\"}".formatted(url))
          .is(201);
      var test = fixture.send("POST", "/v1/callbacks/ops:test", "").is(200).json();
      assertThat(test.get("delivered").asBoolean()).isTrue();
      assertThat(got).anyMatch(body -> body.contains("callback.test"));
      fixture.send("POST", "/v1/callbacks/none:test", "").problem(404);
      receiver.stop(0);
      fixture.send("POST", "/v1/callbacks/ops:test", "").problem(502);
      fixture.send("DELETE", "/v1/callbacks/ops", "").is(200);
      assertThat(fixture.get("/v1/callbacks").json().get("items").size()).isZero();
    } finally {
      receiver.stop(0);
    }
  }
}
