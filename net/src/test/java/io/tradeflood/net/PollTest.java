package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.connector.ConnectorContext;
import io.tradeflood.live.Event;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedReader;
import io.tradeflood.live.FeedState;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Payload;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Asking again and again. */
class PollTest {
  private record Acme(ConnectorContext context, String baseUrl) implements PollConnector {}

  private static Acme at(String url, RestTransport transport) {
    return new Acme(FakeRest.at(url, transport).context(), url);
  }

  private static PollPage<Long> page(byte[] body) {
    var payload = Payload.of(body);
    return new PollPage<>(payload.at("rows").rows(JsonScanner::readLong), payload.text("next"));
  }

  private static <T> T run(Turn<T> turn) throws Exception {
    @SuppressWarnings("unchecked") // a poll plans an effect that gives a feed
    var act = (PollAct<Object>) ((Turn.Effect<?, ?>) turn).act();
    var value = new CompletableFuture<Object>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                value.complete(act.perform(Transports.TYPE));
              } catch (Throwable failure) {
                value.completeExceptionally(failure);
              }
            });
    try {
      @SuppressWarnings("unchecked") // see above
      T feed = (T) value.get(20, TimeUnit.SECONDS);
      return feed;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Failure failure) throw failure;
      throw failed;
    }
  }

  private static Object next(FeedReader<Long> reader) throws InterruptedException {
    return switch (reader.poll(Duration.ofSeconds(20)).orElseThrow()) {
      case Event.Data<Long> data -> data.row();
      case Event.Status<Long> status -> status.state();
    };
  }

  @Test
  void aCursorGoesOnWhereTheLastAnswerEnded() throws Exception {
    var answers =
        new ArrayList<>(
            List.of("{\"rows\":[1,2],\"next\":\"b\"}", "{\"rows\":[2,3],\"next\":\"c\"}"));
    try (var server =
            new Loopback(
                conversation -> {
                  while (conversation.next())
                    conversation.write(
                        Loopback.ok(
                            answers.isEmpty()
                                ? "{\"rows\":[],\"next\":\"c\"}"
                                : answers.removeFirst()));
                });
        var transport = Transports.direct(Map.of())) {
      Feed<Long> feed =
          run(
              at(server.url(), transport)
                  .poll(at(server.url(), transport).get("/updates"))
                  .cursor("after")
                  .every(Duration.ofMillis(1), Duration.ofMillis(5))
                  .feed(PollTest::page));
      try (var _ = (AutoCloseable) feed;
          var reader = feed.read()) {
        assertThat(next(reader)).isEqualTo(new FeedState.Connected());
        assertThat(List.of(next(reader), next(reader), next(reader)))
            .isEqualTo(List.of(1L, 2L, 3L));
      }
      assertThat(server.lines().subList(0, 2))
          .isEqualTo(List.of("GET /updates HTTP/1.1", "GET /updates?after=b HTTP/1.1"));
    }
  }

  @Test
  void anUnchangedAnswerIsNotReadAgainAndAFaultIsTold() throws Exception {
    var answers =
        new ArrayList<>(
            List.of(
                Loopback.reply("200 OK", "etag: \"one\"", "{\"rows\":[1]}"),
                Loopback.reply("304 Not Modified", "etag: \"one\"", ""),
                Loopback.reply("503 Oops", "", ""),
                Loopback.reply("200 OK", "etag: \"two\"", "{\"rows\":[1,2]}")));
    try (var server =
            new Loopback(
                conversation -> {
                  while (conversation.next())
                    conversation.write(
                        answers.size() == 1 ? answers.getFirst() : answers.removeFirst());
                });
        var transport = Transports.direct(Map.of("net.tries", "1"))) {
      var acme = at(server.url(), transport);
      Feed<Long> feed =
          run(
              acme.poll(acme.get("/rows"))
                  .every(Duration.ofMillis(1), Duration.ofMillis(5))
                  .feed(PollTest::page));
      try (var _ = (AutoCloseable) feed;
          var reader = feed.read()) {
        assertThat(next(reader)).isEqualTo(new FeedState.Connected());
        assertThat(next(reader)).isEqualTo(1L);
        assertThat(next(reader)).isInstanceOf(FeedState.Desynced.class);
        assertThat(next(reader)).isEqualTo(new FeedState.Connected());
        assertThat(next(reader)).isEqualTo(2L);
      }
      assertThat(server.requests.get(1)).contains("if-none-match: \"one\"");
    }
  }

  @Test
  void aRefusalIsTheAnswer() throws Exception {
    try (var server = Loopback.answering(Loopback.reply("404 Not Found", "", "no"));
        var transport = Transports.direct(Map.of())) {
      var acme = at(server.url(), transport);
      assertThatThrownBy(() -> run(acme.poll(acme.get("/rows")).feed(PollTest::page)))
          .isInstanceOf(Failure.Refused.class);
    }
  }
}
