package io.tradeflood.simulator.wire;

import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection: requests are answered one after the other, so pipelined ones keep their order.
 */
final class Connection implements Runnable {
  private static final System.Logger LOG = System.getLogger(Connection.class.getName());

  private static final Duration LINGER = Duration.ofMillis(300);

  private final Socket socket;
  private final WireLimits limits;
  private final Handler handler;
  private final Consumer<Connection> whenDone;
  private final CountDownLatch done = new CountDownLatch(1);
  private final AtomicBoolean idle = new AtomicBoolean(true);
  private volatile boolean finishing;
  private volatile @Nullable Thread serving;

  Connection(Socket socket, WireLimits limits, Handler handler, Consumer<Connection> whenDone) {
    this.socket = socket;
    this.limits = limits;
    this.handler = handler;
    this.whenDone = whenDone;
  }

  /** Closes the connection now if it is idle, else after the answer on its way. */
  void finish() {
    finishing = true;
    if (idle.get()) {
      abort();
    }
  }

  void join(Duration time) throws InterruptedException {
    done.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  void abort() {
    Thread thread = serving;
    if (thread != null) {
      thread.interrupt();
    }
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "A connection could not be closed: {0}", e.getMessage());
    }
  }

  @Override
  public void run() {
    serving = Thread.currentThread();
    try (socket) {
      socket.setTcpNoDelay(true);
      serve();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "A connection ended: {0}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      whenDone.accept(this);
      done.countDown();
    }
  }

  private void serve() throws IOException, InterruptedException {
    WireInput in = new WireInput(socket);
    RequestReader reader = new RequestReader(in, limits);
    ResponseWriter writer = new ResponseWriter(socket, in, limits.gzip());
    String client =
        ((InetSocketAddress) socket.getRemoteSocketAddress()).getAddress().getHostAddress();
    boolean open = true;
    while (open && !finishing && awaitRequest(in)) {
      idle.set(false);
      in.expectWithin(limits.request());
      RequestReader.Head head;
      Response response;
      boolean keepAlive;
      try {
        head = reader.readHead();
        if (head.expectsContinue() && head.hasBody()) {
          writer.writeContinue();
        }
        byte[] body = reader.readBody(head);
        keepAlive = head.keepAlive() && !finishing;
        response = answer(head, body, client);
      } catch (RequestReader.Refused e) {
        refuse(writer, in, e.status(), String.valueOf(e.getMessage()));
        return;
      } catch (SocketTimeoutException e) {
        refuse(writer, in, 408, "The request took too long");
        return;
      } catch (EOFException e) {
        return;
      }
      open = writer.write(head, response, keepAlive);
      idle.set(true);
    }
  }

  private boolean awaitRequest(WireInput in) throws IOException {
    in.expectWithin(limits.idle());
    try {
      return in.awaitByte();
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private Response answer(RequestReader.Head head, byte[] body, String client) {
    String target = head.target();
    int question = target.indexOf('?');
    Request request =
        new Request(
            head.method(),
            question < 0 ? target : target.substring(0, question),
            question < 0 ? Query.NONE : Query.parse(target.substring(question + 1)),
            head.headers(),
            body,
            client);
    try {
      return handler.handle(request);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "No answer could be made to " + request, e);
      return Response.text(500, "text/plain", "The simulator failed: " + e);
    }
  }

  /**
   * What is unread when a connection closes would reset it and take the answer along, so some of it
   * is read.
   */
  private void refuse(ResponseWriter writer, WireInput in, int status, String why)
      throws IOException, InterruptedException {
    RequestReader.Head head = new RequestReader.Head("GET", "", true, Headers.NONE);
    writer.write(head, Response.text(status, "text/plain;charset=UTF-8", why + "\n"), false);
    socket.shutdownOutput();
    in.expectWithin(LINGER);
    try {
      for (int i = 0; i < limits.head() && in.read() >= 0; i++) {
        continue;
      }
    } catch (SocketTimeoutException e) {
      LOG.log(Level.TRACE, "A refused client kept its connection open");
    }
  }
}
