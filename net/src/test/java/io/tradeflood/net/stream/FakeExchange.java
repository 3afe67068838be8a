package io.tradeflood.net.stream;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import javax.net.ServerSocketFactory;

/** An exchange's WebSocket server on loopback that does what a test wants; raw sockets. */
public final class FakeExchange implements AutoCloseable {
  private final ServerSocket server;
  private final boolean packs;
  private final List<Client> all = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Client> arrivals = new LinkedBlockingQueue<>();

  /** What is done with each text of a client. */
  public volatile Script script = (_, _) -> {};

  /** What an upgrade is answered with instead, such as {@code 429 Too Many Requests}. */
  public volatile String refusal = "";

  /** What is done with a text. */
  public interface Script {
    void heard(Client client, String text) throws IOException;
  }

  public FakeExchange() throws IOException {
    this(false, ServerSocketFactory.getDefault());
  }

  /**
   * @param packs whether it packs its messages, as permessage-deflate has it
   */
  public FakeExchange(boolean packs, ServerSocketFactory sockets) throws IOException {
    this.packs = packs;
    server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Answers every subscription of {@link FakeStream}. */
  public static FakeExchange answering() throws IOException {
    var exchange = new FakeExchange();
    exchange.script = FakeExchange::acknowledge;
    return exchange;
  }

  /** Says that it has taken a message: {@code {"op":"sub","id":1,"args":["a"]}}. */
  static void acknowledge(Client client, String text) throws IOException {
    if (text.startsWith("{\"op\""))
      client.send("{\"done\":" + text.replaceFirst(".*\"id\":(\\d+).*", "$1") + "}");
  }

  public int port() {
    return server.getLocalPort();
  }

  public String url() {
    return "ws://127.0.0.1:" + port();
  }

  /** The next client to arrive. */
  public Client next() throws InterruptedException {
    var client = arrivals.poll(20, TimeUnit.SECONDS);
    if (client == null) throw new AssertionError("nobody came");
    return client;
  }

  public List<Client> clients() {
    return all;
  }

  private void accept() {
    while (!server.isClosed())
      try {
        var socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return; // closed
      }
  }

  private void serve(Socket socket) {
    try (socket) {
      var client = new Client(socket);
      if (client.greet()) client.listen();
    } catch (IOException _) {
      // The client went away, as tests make it do.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var client : all) client.socket.close();
  }

  /** One connection. */
  public final class Client {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private boolean packing;

    /** The first line of its request, and the others. */
    volatile String request = "";

    /** What it said, pings and pongs with a word in front. */
    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

    Client(Socket socket) throws IOException {
      this.socket = socket;
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      out = socket.getOutputStream();
    }

    private boolean greet() throws IOException {
      var head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int b = in.read();
        if (b < 0) return false;
        head.write(b);
      }
      request = head.toString(StandardCharsets.ISO_8859_1);
      if (!refusal.isEmpty()) {
        write(
            ("HTTP/1.1 " + refusal + "\r\ncontent-length: 5\r\n\r\nsorry")
                .getBytes(StandardCharsets.ISO_8859_1));
        return false;
      }
      if (!header("upgrade").equals("websocket")) {
        write(
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
                .getBytes(StandardCharsets.ISO_8859_1));
        arrived();
        return true;
      }
      packing = packs && header("sec-websocket-extensions").contains("permessage-deflate");
      write(
          ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  + "Sec-WebSocket-Accept: "
                  + accepted(header("sec-websocket-key"))
                  + (packing ? "\r\nSec-WebSocket-Extensions: permessage-deflate" : "")
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      arrived();
      return true;
    }

    private void arrived() {
      all.add(this);
      arrivals.add(this);
    }

    String header(String name) {
      return request
          .lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    private static String accepted(String key) {
      try {
        return Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-1")
                    .digest(
                        (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                            .getBytes(StandardCharsets.US_ASCII)));
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }

    private void listen() throws IOException {
      while (true) {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        if ((second & 0x80) == 0) throw new IOException("a client must mask its frames");
        int length = second & 0x7F;
        if (length == 126) length = in.readUnsignedShort();
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < length; i++) payload[i] ^= mask[i & 3];
        String text = new String(payload, StandardCharsets.UTF_8);
        switch (first & 0x0F) {
          case 1 -> {
            texts.add(text);
            script.heard(this, text);
          }
          case 8 -> texts.add("close " + ((payload[0] & 0xFF) << 8 | payload[1] & 0xFF));
          case 9 -> {
            texts.add("ping");
            frame(0x8A, payload);
          }
          case 10 -> texts.add("pong " + text);
          default -> throw new IOException("an unknown frame " + first);
        }
      }
    }

    /** What it said next. */
    public String heard() throws InterruptedException {
      String text = texts.poll(20, TimeUnit.SECONDS);
      if (text == null) throw new AssertionError("the client said nothing");
      return text;
    }

    public void send(String text) throws IOException {
      byte[] payload = text.getBytes(StandardCharsets.UTF_8);
      if (packing) frame(0xC1, packed(payload));
      else frame(0x81, payload);
    }

    private synchronized byte[] packed(byte[] payload) {
      deflater.setInput(payload);
      var bytes = new ByteArrayOutputStream();
      byte[] part = new byte[1024];
      int n;
      do {
        n = deflater.deflate(part, 0, part.length, Deflater.SYNC_FLUSH);
        bytes.write(part, 0, n);
      } while (n == part.length);
      byte[] all = bytes.toByteArray();
      return java.util.Arrays.copyOf(all, all.length - 4);
    }

    /** Sends a text in frames of so many bytes, with a ping between them. */
    void sendInParts(String text, int size) throws IOException {
      byte[] payload = text.getBytes(StandardCharsets.UTF_8);
      for (int at = 0; at < payload.length; at += size) {
        boolean last = at + size >= payload.length;
        frame(
            (last ? 0x80 : 0) | (at == 0 ? 1 : 0),
            java.util.Arrays.copyOfRange(payload, at, Math.min(payload.length, at + size)));
        if (!last) ping("between");
      }
    }

    void ping(String word) throws IOException {
      frame(0x89, word.getBytes(StandardCharsets.UTF_8));
    }

    void bye(int code, String reason) throws IOException {
      var payload = new ByteArrayOutputStream();
      payload.write(code >> 8);
      payload.write(code);
      payload.writeBytes(reason.getBytes(StandardCharsets.UTF_8));
      frame(0x88, payload.toByteArray());
    }

    /** A chunk of an answer that never ends. */
    void chunk(String text) throws IOException {
      byte[] payload = text.getBytes(StandardCharsets.UTF_8);
      write(
          (Integer.toHexString(payload.length) + "\r\n" + text + "\r\n")
              .getBytes(StandardCharsets.UTF_8));
    }

    /** Ends it in the middle of a frame. */
    public void cut() throws IOException {
      write(new byte[] {(byte) 0x81, 50, '{'});
      socket.close();
    }

    void frame(int first, byte[] payload) throws IOException {
      var frame = new ByteArrayOutputStream();
      frame.write(first);
      if (payload.length < 126) frame.write(payload.length);
      else if (payload.length < 65_536) {
        frame.write(126);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
      } else {
        frame.write(127);
        for (int i = 56; i >= 0; i -= 8) frame.write((int) ((long) payload.length >> i));
      }
      frame.writeBytes(payload);
      write(frame.toByteArray());
    }

    private synchronized void write(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }
  }
}
