package io.tradeflood.simulator.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes answers onto a connection, well or badly as their delivery says. */
final class ResponseWriter {
  private static final int WORTH_COMPRESSING = 1024;
  private static final int DRIPS_PER_SECOND = 20;
  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(100, "Continue"),
          Map.entry(101, "Switching Protocols"),
          Map.entry(200, "OK"),
          Map.entry(304, "Not Modified"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(408, "Request Timeout"),
          Map.entry(410, "Gone"),
          Map.entry(413, "Content Too Large"),
          Map.entry(414, "URI Too Long"),
          Map.entry(418, "I'm a teapot"),
          Map.entry(426, "Upgrade Required"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(451, "Unavailable For Legal Reasons"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(504, "Gateway Timeout"),
          Map.entry(505, "HTTP Version Not Supported"));

  private final Socket socket;
  private final OutputStream out;
  private final WireInput in;
  private final boolean gzip;

  ResponseWriter(Socket socket, WireInput in, boolean gzip) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.in = in;
    this.gzip = gzip;
  }

  void writeContinue() throws IOException {
    out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  /** Writes the answer to a request; whether the connection is still of use. */
  boolean write(RequestReader.Head head, Response response, boolean keepAlive)
      throws IOException, InterruptedException {
    Response answer = gzip ? compressed(head, response) : response;
    boolean bodiless = head.method().equals("HEAD");
    byte[] body = bodiless ? new byte[0] : answer.body();
    switch (answer.delivery()) {
      case Delivery.Whole() -> {
        out.write(message(answer, body.length, body, keepAlive));
        return keepAlive;
      }
      case Delivery.Cut(int bytes) -> {
        out.write(message(answer, Math.min(bytes, body.length), body, false));
        return false;
      }
      case Delivery.Reset(int bytes) -> {
        out.write(message(answer, Math.min(bytes, body.length), body, false));
        reset(socket);
        return false;
      }
      case Delivery.Slow(int bytesPerSecond) -> {
        drip(message(answer, 0, body, keepAlive), body, bytesPerSecond);
        return keepAlive;
      }
      case Delivery.Mute(Duration time) -> {
        Thread.sleep(time);
        return false;
      }
      case Delivery.Garbage(byte[] bytes) -> {
        out.write(bytes);
        return false;
      }
      case Delivery.Chunked(Delivery.Protocol protocol) -> {
        out.write(chunked(answer));
        in.expectWithin(Duration.ZERO);
        ChunkedOutput chunks = new ChunkedOutput(out);
        protocol.speak(in, chunks);
        chunks.end();
        return false;
      }
      case Delivery.Upgrade(Delivery.Protocol protocol) -> {
        out.write(upgrade(answer));
        in.expectWithin(Duration.ZERO);
        protocol.speak(in, out);
        return false;
      }
    }
  }

  static void reset(Socket socket) throws SocketException {
    socket.setSoLinger(true, 0);
  }

  private void drip(byte[] head, byte[] body, int bytesPerSecond)
      throws IOException, InterruptedException {
    out.write(head);
    int drop = Math.max(1, bytesPerSecond / DRIPS_PER_SECOND);
    long pause = Math.max(1, drop * 1000L / bytesPerSecond);
    for (int at = 0; at < body.length; at += drop) {
      out.write(body, at, Math.min(drop, body.length - at));
      Thread.sleep(pause);
    }
  }

  private static Response compressed(RequestReader.Head head, Response response)
      throws IOException {
    if (response.body().length < WORTH_COMPRESSING
        || response.headers().first("Content-Encoding").isPresent()
        || !accepts(head.headers().first("Accept-Encoding").orElse(""))) {
      return response;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(response.body().length / 3);
    try (GZIPOutputStream zip =
        new GZIPOutputStream(bytes, 8192) {
          {
            def.setLevel(Deflater.BEST_SPEED);
          }
        }) {
      zip.write(response.body());
    }
    return response
        .withBody(bytes.toByteArray())
        .with("Content-Encoding", "gzip")
        .with("Vary", "Accept-Encoding");
  }

  private static boolean accepts(String encodings) {
    return Arrays.stream(encodings.toLowerCase(Locale.ROOT).split(",", -1))
        .map(encoding -> encoding.replace(" ", ""))
        .anyMatch(encoding -> encoding.startsWith("gzip") && !encoding.endsWith(";q=0"));
  }

  private static byte[] message(Response response, int bytes, byte[] body, boolean keepAlive) {
    StringBuilder head = head(response);
    head.append("Content-Length: ").append(response.body().length).append("\r\n");
    head.append(keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
    byte[] first = head.toString().getBytes(StandardCharsets.UTF_8);
    byte[] message = Arrays.copyOf(first, first.length + bytes);
    System.arraycopy(body, 0, message, first.length, bytes);
    return message;
  }

  private static byte[] chunked(Response response) {
    String more = "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    return head(response).append(more).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] upgrade(Response response) {
    return head(response).append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static StringBuilder head(Response response) {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(response.status()).append(' ');
    head.append(REASONS.getOrDefault(response.status(), "Unknown")).append("\r\n");
    head.append("Date: ").append(date()).append("\r\n");
    for (Headers.Field field : response.headers().fields()) {
      head.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    return head;
  }

  private static String date() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
  }
}
