package io.tradeflood.simulator.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Reads what a client says on a WebSocket, strictly; for one thread. */
public final class WebSocketReader implements AutoCloseable {
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int MOST_CONTROL = 125;
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  private final InputStream in;
  private final int most;
  private final boolean clientKeeps;
  private final @Nullable Inflater inflater;
  private @Nullable ByteArrayOutputStream parts;
  private int partsKind;
  private boolean partsCompressed;

  /** What a client said. */
  public sealed interface Message {
    /** A whole message of text. */
    record Text(String text) implements Message {}

    /** A whole message of bytes. */
    record Binary(byte[] bytes) implements Message {}

    /** To be answered by a pong with the same bytes. */
    record Ping(byte[] bytes) implements Message {}

    record Pong(byte[] bytes) implements Message {}

    /** The last thing a client says; 1005 stands for no code. */
    record Close(int code, String reason) implements Message {}
  }

  /** A client broke the protocol; the connection is to be closed with the code. */
  public static final class Broken extends IOException {
    private static final long serialVersionUID = 1;
    private final int code;

    Broken(int code, String message) {
      super(message);
      this.code = code;
    }

    public int code() {
      return code;
    }
  }

  /** The head of a frame, and its content. */
  private record Frame(boolean last, boolean compressed, int kind, byte[] content) {}

  WebSocketReader(InputStream in, Optional<Deflate> deflate, int most) {
    this.in = in;
    this.most = most;
    this.clientKeeps = deflate.map(Deflate::clientKeeps).orElse(false);
    this.inflater = deflate.isPresent() ? new Inflater(true) : null;
  }

  /** Waits for the next message; control frames between the parts of another one come first. */
  public Message read() throws IOException {
    while (true) {
      Frame frame = parts == null ? frame(0) : frame(parts.size());
      Message message = frame.kind >= CLOSE ? control(frame) : data(frame);
      if (message != null) {
        return message;
      }
    }
  }

  private @Nullable Message data(Frame frame) throws IOException {
    ByteArrayOutputStream begun = parts;
    if (frame.kind == CONTINUATION) {
      if (begun == null) {
        throw new Broken(1002, "A message does not begin with a continuation");
      }
      begun.writeBytes(frame.content);
      if (!frame.last) {
        return null;
      }
      parts = null;
      return whole(partsKind, partsCompressed, begun.toByteArray());
    }
    if (begun != null) {
      throw new Broken(1002, "A message began before the last one ended");
    }
    if (frame.last) {
      return whole(frame.kind, frame.compressed, frame.content);
    }
    parts = new ByteArrayOutputStream();
    parts.writeBytes(frame.content);
    partsKind = frame.kind;
    partsCompressed = frame.compressed;
    return null;
  }

  private Message whole(int kind, boolean compressed, byte[] content) throws IOException {
    byte[] bytes = compressed ? inflate(content) : content;
    return kind == TEXT ? new Message.Text(utf8(bytes, 0)) : new Message.Binary(bytes);
  }

  private static Message control(Frame frame) throws IOException {
    byte[] content = frame.content;
    if (frame.kind != CLOSE) {
      return frame.kind == PING ? new Message.Ping(content) : new Message.Pong(content);
    }
    if (content.length == 0) {
      return new Message.Close(1005, "");
    }
    if (content.length == 1) {
      throw new Broken(1002, "The code of a close frame has two bytes");
    }
    int code = (content[0] & 0xFF) << 8 | content[1] & 0xFF;
    if (!mayBeSent(code)) {
      throw new Broken(1002, "No close frame has the code " + code);
    }
    return new Message.Close(code, utf8(content, 2));
  }

  private static boolean mayBeSent(int code) {
    return code >= 3000 && code < 5000
        || code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
  }

  private Frame frame(int before) throws IOException {
    int first = octet();
    int second = octet();
    boolean last = (first & 0x80) != 0;
    boolean compressed = (first & 0x40) != 0;
    int kind = first & 0x0F;
    if ((first & 0x30) != 0 || compressed && (inflater == null || kind != TEXT && kind != BINARY)) {
      throw new Broken(1002, "A reserved bit is set");
    }
    if (kind > BINARY && (kind < CLOSE || kind > PONG)) {
      throw new Broken(1002, "There is no frame of kind " + kind);
    }
    if ((second & 0x80) == 0) {
      throw new Broken(1002, "A client masks its frames");
    }
    long length = second & 0x7F;
    if (kind >= CLOSE && (!last || length > MOST_CONTROL)) {
      throw new Broken(1002, "A control frame is short and in one piece");
    }
    if (length >= 126) {
      int bytes = length == 126 ? 2 : 8;
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = length << 8 | octet();
      }
    }
    if (length < 0 || length > most - (kind < CLOSE ? before : 0)) {
      throw new Broken(1009, "A message has at most " + most + " bytes");
    }
    byte[] mask = exactly(4);
    byte[] content = exactly((int) length);
    for (int i = 0; i < content.length; i++) {
      content[i] ^= mask[i & 3];
    }
    return new Frame(last, compressed, kind, content);
  }

  private int octet() throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new EOFException("The connection ended");
    }
    return octet;
  }

  private byte[] exactly(int n) throws IOException {
    byte[] bytes = in.readNBytes(n);
    if (bytes.length < n) {
      throw new EOFException("The connection ended within a frame");
    }
    return bytes;
  }

  private byte[] inflate(byte[] content) throws IOException {
    Inflater zip = inflater;
    if (zip == null) {
      throw new IllegalStateException("Nothing was agreed on compression");
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    try {
      for (byte[] part : new byte[][] {content, TAIL}) {
        zip.setInput(part);
        drain(zip, message);
      }
    } catch (DataFormatException e) {
      throw new Broken(1007, "A compressed message cannot be read");
    }
    if (!clientKeeps || zip.finished()) {
      zip.reset();
    }
    return message.toByteArray();
  }

  private void drain(Inflater zip, ByteArrayOutputStream message)
      throws DataFormatException, Broken {
    byte[] buffer = new byte[4096];
    while (!zip.finished()) {
      int n = zip.inflate(buffer);
      if (n == 0 && (zip.needsInput() || zip.needsDictionary())) {
        return;
      }
      if (message.size() + n > most) {
        throw new Broken(1009, "A message has at most " + most + " bytes");
      }
      message.write(buffer, 0, n);
    }
  }

  private static String utf8(byte[] bytes, int from) throws Broken {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Broken(1007, "Text is UTF-8");
    }
  }

  @Override
  public void close() {
    if (inflater != null) {
      inflater.end();
    }
  }
}
