package io.tradeflood.proxyter.hop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.wire.HeadReader;
import io.tradeflood.proxyter.wire.ResponseHead;
import io.tradeflood.proxyter.wire.Target;
import io.tradeflood.proxyter.wire.WireException;

/** {@code CONNECT} to an HTTP proxy (RFC 9110, section 9.3.6). */
public final class ConnectHandshake implements Handshake {
  private final Hop hop;
  private final Target target;
  private final String via;

  ConnectHandshake(Hop hop, Target target, String via) {
    this.hop = hop;
    this.target = target;
    this.via = via;
  }

  @Override
  public ByteBuf begin(ByteBufAllocator allocator) {
    String authority = target.toString();
    var out = new StringBuilder(256);
    out.append("CONNECT ").append(authority).append(" HTTP/1.1\r\nHost: ").append(authority);
    if (hop.authorization().isPresent())
      out.append("\r\nProxy-Authorization: ").append(hop.authorization().get());
    out.append("\r\nVia: 1.1 ").append(via).append("\r\n\r\n");
    ByteBuf bytes = allocator.ioBuffer(out.length());
    ByteBufUtil.writeAscii(bytes, out);
    return bytes;
  }

  @Override
  public Step read(ByteBuf in, Means means) {
    int length = Math.min(in.readableBytes(), HeadReader.MAX_BYTES);
    byte[] bytes = means.scratch();
    in.getBytes(in.readerIndex(), bytes, 0, length);
    int end = HeadReader.end(bytes, 0, length);
    try {
      if (end < 0) {
        checkStart(bytes, length);
        return Step.MORE;
      }
      var head = ResponseHead.read(bytes, 0, end);
      in.skipBytes(end);
      if (head.status() >= 200 && head.status() < 300) return Step.DONE;
      return new Step.Failed(ProxyAnswers.toConnect(head, means.now()));
    } catch (WireException e) {
      return new Step.Failed(
          Failure.of(Signal.PROXY_PROTOCOL, "its answer is no HTTP: " + e.getMessage()));
    }
  }

  /** What is no HTTP is not waited for to end. */
  public static void checkStart(byte[] bytes, int length) {
    String start = "HTTP/1.";
    for (int i = 0; i < Math.min(length, start.length()); i++)
      if (bytes[i] != start.charAt(i)) throw new WireException("it does not start with HTTP/1");
    if (length == HeadReader.MAX_BYTES)
      throw new WireException("its head is longer than %d bytes".formatted(length));
  }

  @Override
  public String phase() {
    return "connect";
  }
}
