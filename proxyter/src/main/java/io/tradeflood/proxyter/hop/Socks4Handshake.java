package io.tradeflood.proxyter.hop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.tradeflood.proxyter.config.UpstreamUrl.Credentials;
import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.wire.Target;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/** SOCKS4a with the proxy; it knows a user, but no password, and no IPv6. */
final class Socks4Handshake implements Handshake {
  private static final int GRANTED = 0x5a;
  private static final int NO_IDENTD = 0x5c;
  private static final int OTHER_USER = 0x5d;
  private static final int ANSWER = 8;

  private final Optional<Credentials> credentials;
  private final Target target;

  Socks4Handshake(Optional<Credentials> credentials, Target target) {
    this.credentials = credentials;
    this.target = target;
  }

  @Override
  public ByteBuf begin(ByteBufAllocator allocator) {
    ByteBuf out = allocator.ioBuffer(64).writeByte(4).writeByte(1).writeShort(target.port());
    Optional<InetAddress> literal = Names.literal(target.host());
    boolean numeric = literal.isPresent() && literal.get() instanceof Inet4Address;
    if (numeric) out.writeBytes(literal.get().getAddress());
    else out.writeInt(1);
    ByteBufUtil.writeUtf8(out, credentials.map(Credentials::user).orElse(""));
    out.writeByte(0);
    if (!numeric) {
      ByteBufUtil.writeAscii(out, target.host());
      out.writeByte(0);
    }
    return out;
  }

  @Override
  public Step read(ByteBuf in, Means means) {
    int start = in.readerIndex();
    if (in.readableBytes() >= 1 && in.getByte(start) != 0)
      return failed(Signal.PROXY_PROTOCOL, "its answer is no SOCKS4");
    if (in.readableBytes() < ANSWER) return Step.MORE;
    int code = in.getUnsignedByte(start + 1);
    in.skipBytes(ANSWER);
    return switch (code) {
      case GRANTED -> Step.DONE;
      case NO_IDENTD, OTHER_USER -> failed(Signal.PROXY_AUTH, "it refused our user");
      default -> failed(Signal.CONNECT_FAILED, "it answered SOCKS4 code " + code);
    };
  }

  private static Step failed(Signal signal, String details) {
    return new Step.Failed(Failure.of(signal, details));
  }

  @Override
  public String phase() {
    return "connect";
  }
}
