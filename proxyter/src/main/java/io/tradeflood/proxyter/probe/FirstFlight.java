package io.tradeflood.proxyter.probe;

import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.hop.Failure;
import io.tradeflood.proxyter.wire.HeadReader;
import io.tradeflood.proxyter.wire.ResponseHead;
import io.tradeflood.proxyter.wire.Target;
import io.tradeflood.proxyter.wire.WireException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.OptionalLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * The least that proves a way to a target: a ClientHello, answered by a ServerHello. No handshake
 * is finished and nothing is asked for, so it costs the target no request. On port 80, where TLS is
 * not spoken, the head of a page is asked for instead.
 */
final class FirstFlight {
  private static final int HTTP_PORT = 80;
  private static final int ALERT = 0x15;
  private static final int HANDSHAKE = 0x16;
  private static final int SERVER_HELLO = 2;
  private static final int RECORD_AND_KIND = 6;

  private FirstFlight() {}

  /**
   * Sends it along an open way and reads the answer.
   *
   * @param strict whether the target is known to speak TLS, so that any other answer is not its
   * @throws IOException if it is not served; the way says what that means
   */
  static void along(Way way, Target target, boolean strict) throws IOException {
    if (target.port() == HTTP_PORT) askForHead(way, target);
    else hello(way, target, strict);
  }

  private static void hello(Way way, Target target, boolean strict) throws IOException {
    way.send(clientHello(target));
    byte[] answer = way.take(RECORD_AND_KIND);
    if (answer.length == 0) throw new EOFException("it closed");
    if (answer[0] == ALERT)
      throw new NoWayException(
          Failure.of(
              Signal.TUNNEL_ALERT,
              answer.length < RECORD_AND_KIND + 1
                  ? "it answered a TLS alert"
                  : "it answered TLS alert " + (answer[RECORD_AND_KIND] & 0xff)));
    boolean served =
        answer.length >= RECORD_AND_KIND
            && answer[0] == HANDSHAKE
            && answer[RECORD_AND_KIND - 1] == SERVER_HELLO;
    if (!served && strict)
      throw new NoWayException(
          Failure.of(Signal.CONNECT_FAILED, "what answered speaks no TLS, unlike the target"));
  }

  private static byte[] clientHello(Target target) throws SSLException {
    SSLEngine engine;
    try {
      engine = SSLContext.getDefault().createSSLEngine(target.host(), target.port());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK speaks TLS", e);
    }
    engine.setUseClientMode(true);
    var record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    var result = engine.wrap(ByteBuffer.allocate(0), record);
    if (result.getStatus() != SSLEngineResult.Status.OK || record.position() == 0)
      throw new IllegalStateException("no ClientHello: " + result);
    return Arrays.copyOf(record.array(), record.position());
  }

  private static void askForHead(Way way, Target target) throws IOException {
    ResponseHead head = request(way, "HEAD", "/", target.host());
    if (head.status() >= 500)
      throw new NoWayException(Failure.of(Signal.HTTP_5XX, "the target answered " + head.status()));
  }

  /** Asks for something and reads the head of the answer; the body is left alone. */
  static ResponseHead request(Way way, String method, String path, String host) throws IOException {
    way.send(
        ("%s %s HTTP/1.1\r\nHost: %s\r\nAccept: */*\r\nConnection: close\r\n\r\n"
                .formatted(method, path, host))
            .getBytes(StandardCharsets.ISO_8859_1));
    int least = 1;
    while (true) {
      byte[] bytes = way.take(least);
      int end = HeadReader.end(bytes, 0, Math.min(bytes.length, HeadReader.MAX_BYTES));
      try {
        if (end >= 0) return ResponseHead.read(bytes, 0, end);
      } catch (WireException e) {
        throw noHttp(String.valueOf(e.getMessage()));
      }
      if (bytes.length >= HeadReader.MAX_BYTES) throw noHttp("its head is too long");
      if (bytes.length < least) {
        if (bytes.length == 0) throw new EOFException("it closed");
        throw noHttp("its head ends too soon");
      }
      least = bytes.length + 1;
    }
  }

  private static NoWayException noHttp(String details) {
    return new NoWayException(
        new Failure(
            Signal.CONNECT_FAILED, "the answer is no HTTP: " + details, OptionalLong.empty()));
  }
}
