package io.tradeflood.proxyter;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A receiver of callbacks that answers as it is told. */
final class FakeReceiver implements AutoCloseable {
  private static final Pattern SEQ = Pattern.compile("\"seq\":([0-9]+)");

  private final HttpServer server;

  /** What it answers with. */
  volatile int status = 204;

  /** The numbers of the events that it took, in order. */
  final List<Long> taken = new CopyOnWriteArrayList<>();

  final List<Long> refused = new CopyOnWriteArrayList<>();

  FakeReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          Matcher seq =
              SEQ.matcher(
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          int answer = status;
          if (seq.find()) (answer < 300 ? taken : refused).add(Long.parseLong(seq.group(1)));
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
