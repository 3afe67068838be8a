package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.turn.Failure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is said, and done, when there is no answer or none that can be used. */
class UnreachableTest {
  record Time(long serverTime) {}

  private static final String BODY = "{\"serverTime\":1499827319559}";
  private static final Time TIME = new Time(1499827319559L);
  private static final Map<String, String> ONCE =
      Map.of("net.tries", "1", "net.first-byte", "300ms", "net.receive", "300ms");

  @Test
  void aRefusedConnectionIsToldInOneLine() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (var transport = Transports.direct(Map.of("net.tries", "2"))) {
      var acme = FakeRest.at("https://api.acme.example", transport);
      assertThatThrownBy(
              () ->
                  Transports.run(acme.host("http://127.0.0.1:" + port).get("/time").as(Time.class)))
          .isInstanceOfSatisfying(
              Failure.Unreachable.class,
              failure -> {
                assertThat(failure.phase()).isEqualTo("connect");
                assertThat(failure.route()).isEqualTo("direct");
              })
          .hasMessage(
              "acme.rest at http://127.0.0.1:%d refused the connection (connect, direct, 2 tries): check the address given with --host acme.rest=…",
              port);
    }
  }

  @Test
  void anUnknownNameIsToldInOneLine() {
    try (var transport = Transports.direct(ONCE)) {
      var acme = FakeRest.at("http://no-such-name.invalid", transport);
      assertThatThrownBy(() -> Transports.run(acme.get("/time").as(Time.class)))
          .isInstanceOf(Failure.Unreachable.class)
          .hasMessage(
              "acme.rest at http://no-such-name.invalid has a name that is not known: no-such-name.invalid"
                  + " (resolve, direct): check the network, or give another address with --host acme.rest=URL");
    }
  }

  @Test
  void aMuteServerIsWaitedForAsLongAsAllowed() throws Exception {
    refused(
        conversation -> {
          conversation.next();
          conversation.mute();
        },
        "wait",
        "did not begin to answer within 300 ms");
  }

  @Test
  void aSlowBodyIsWaitedForAsLongAsAllowed() throws Exception {
    refused(
        conversation -> {
          conversation.next();
          conversation.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{");
          conversation.mute();
        },
        "receive",
        "did not finish its answer within 300 ms");
  }

  @Test
  void aResetBeforeTheAnswerIsTold() throws Exception {
    refused(
        conversation -> {
          conversation.next();
          conversation.reset();
        },
        "wait",
        "reset the connection without an answer");
  }

  @Test
  void aBodyCutShortIsTold() throws Exception {
    refused(
        conversation -> {
          conversation.next();
          conversation.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"serverTime\"");
        },
        "receive",
        "closed the connection in the middle of its answer");
  }

  @Test
  void aChunkedBodyCutShortIsTold() throws Exception {
    refused(
        conversation -> {
          conversation.next();
          conversation.write(
              "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"ser\r\n");
        },
        "receive",
        "closed the connection in the middle of its answer");
  }

  @Test
  void aFaultOfTheOtherSideIsToldWithItsWords() throws Exception {
    refused(
        always(Loopback.reply("503 Service Unavailable", "", "overloaded")),
        "status",
        "answered with status 503, \"overloaded\"");
  }

  private static Loopback.Script always(byte[] answer) {
    return conversation -> {
      while (conversation.next()) conversation.write(answer);
    };
  }

  private static void refused(Loopback.Script script, String phase, String happened)
      throws Exception {
    try (var server = new Loopback(script);
        var transport = Transports.direct(ONCE)) {
      assertThatThrownBy(() -> time(server, transport))
          .isInstanceOfSatisfying(
              Failure.Unreachable.class, f -> assertThat(f.phase()).isEqualTo(phase))
          .hasMessage(
              "acme.rest at %s %s (%s, direct): try again later", server.url(), happened, phase);
    }
  }

  @Test
  void whatMayPassIsTriedAgain() throws Exception {
    List<byte[]> faults =
        List.of(
            new byte[0],
            Loopback.reply("500 Internal Server Error", "", ""),
            Loopback.reply("200 OK", "", "{\"serverTime\":14998"),
            "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    for (byte[] fault : faults) {
      var first = new AtomicInteger();
      try (var server =
              new Loopback(
                  conversation -> {
                    while (conversation.next()) {
                      if (first.getAndIncrement() == 0) {
                        conversation.write(fault);
                        return;
                      }
                      conversation.write(Loopback.ok(BODY));
                    }
                  });
          var transport = Transports.direct(Map.of())) {
        var attempts = new java.util.concurrent.CopyOnWriteArrayList<Attempt>();
        transport.observe(attempts::add);
        assertThat(time(server, transport)).isEqualTo(TIME);
        assertThat(attempts).extracting(Attempt::number).isEqualTo(List.of(1, 2));
      }
    }
  }

  @Test
  void anAnswerThatStaysBrokenIsToldAfterThreeTries() throws Exception {
    try (var server = Loopback.json("{\"serverTime\":14998");
        var transport = Transports.direct(Map.of("net.tries", "9"))) {
      assertThatThrownBy(() -> time(server, transport))
          .isInstanceOf(Failure.Unreadable.class)
          .hasMessageStartingWith(
              "acme.rest at %s gave an answer that is not as expected: ".formatted(server.url()))
          .hasMessageNotContaining("\n");
      assertThat(server.lines()).hasSize(3);
    }
  }

  @Test
  void whatCannotPassIsNotTriedAgain() throws Exception {
    var cases = new HashMap<String, byte[]>();
    cases.put(
        "refused GET ADDRESS/time: status 404, \"no such thing\"",
        Loopback.reply("404 Not Found", "", "no such thing"));
    cases.put(
        "refused GET ADDRESS/time: status 403 (a firewall, a region or a missing right), \"<html>\"",
        Loopback.reply("403 Forbidden", "", "<html>"));
    cases.put(
        "refused GET ADDRESS/time: status 451 (the exchange does not serve this region), nothing",
        Loopback.reply("451 Unavailable", "", ""));
    cases.put(
        "answered with a redirect to https://elsewhere.example/ (status 302), which is not followed:"
            + " check the network, or give another address with --host acme.rest=URL",
        Loopback.reply("302 Found", "location: https://elsewhere.example/", ""));
    cases.put(
        "answered with a page instead of JSON, found \"<!DOCTYPE html> <p>Hello\":"
            + " something stands between, or the address is wrong",
        Loopback.reply("200 OK", "content-type: text/html", "<!DOCTYPE html>\n<p>Hello"));
    cases.put(
        "does not speak HTTP: expected an answer such as HTTP/1.1 200 OK, found",
        "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    for (var one : cases.entrySet())
      try (var server = Loopback.answering(one.getValue());
          var transport = Transports.direct(Map.of())) {
        assertThatThrownBy(() -> time(server, transport))
            .isInstanceOf(Failure.class)
            .hasMessageStartingWith(
                "acme.rest at %s ".formatted(server.url())
                    + one.getKey().replace("ADDRESS", server.url()))
            .hasMessageNotContaining("\n");
        assertThat(server.lines()).as(one.getKey()).hasSize(1);
      }
  }

  @Test
  void anAnswerOfAnotherShapeNamesThePlace() throws Exception {
    try (var server = Loopback.json("{\"serverTime\":\"noon\"}");
        var transport = Transports.direct(Map.of())) {
      assertThatThrownBy(() -> time(server, transport))
          .isInstanceOf(Failure.Unreadable.class)
          .hasMessageContaining("/serverTime")
          .hasMessageNotContaining("\n");
      assertThat(server.lines()).hasSize(1);
    }
  }

  @Test
  void theConnectorsOwnWordsComeFirst() throws Exception {
    try (var server = Loopback.json("{\"code\":50011}");
        var transport = Transports.direct(Map.of())) {
      var acme =
          FakeRest.at(server.url(), transport)
              .judging(
                  reply ->
                      java.util.Optional.of(
                          new Failure.Refused("acme said 50011", "50011", reply.status())));
      assertThatThrownBy(() -> Transports.run(acme.get("/time").as(Time.class)))
          .isInstanceOf(Failure.Refused.class)
          .hasMessage("acme said 50011");
    }
  }

  private static Time time(Loopback server, HttpTransport transport) {
    return Transports.run(FakeRest.at(server.url(), transport).get("/time").as(Time.class));
  }
}
