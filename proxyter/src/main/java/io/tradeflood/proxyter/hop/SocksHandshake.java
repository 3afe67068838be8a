package io.tradeflood.proxyter.hop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.tradeflood.proxyter.config.UpstreamUrl.Credentials;
import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.wire.Socks;
import io.tradeflood.proxyter.wire.Target;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** SOCKS5 (RFC 1928, RFC 1929) with the proxy; names are resolved there. */
final class SocksHandshake implements Handshake {
  private enum State {
    METHOD,
    LOGIN,
    REPLY
  }

  private final Optional<Credentials> credentials;
  private final Target target;
  private State state = State.METHOD;

  SocksHandshake(Optional<Credentials> credentials, Target target) {
    this.credentials = credentials;
    this.target = target;
  }

  @Override
  public ByteBuf begin(ByteBufAllocator allocator) {
    ByteBuf out = allocator.ioBuffer(4).writeByte(Socks.VERSION);
    return credentials.isPresent()
        ? out.writeByte(2).writeByte(Socks.NO_LOGIN).writeByte(Socks.PASSWORD)
        : out.writeByte(1).writeByte(Socks.NO_LOGIN);
  }

  @Override
  public Step read(ByteBuf in, Means means) {
    return switch (state) {
      case METHOD -> method(in, means);
      case LOGIN -> login(in, means);
      case REPLY -> reply(in);
    };
  }

  private Step method(ByteBuf in, Means means) {
    if (in.readableBytes() < 1) return Step.MORE;
    if (in.getByte(in.readerIndex()) != Socks.VERSION) return protocol("its version is not 5");
    if (in.readableBytes() < 2) return Step.MORE;
    int method = in.skipBytes(1).readUnsignedByte();
    if (method == Socks.NO_LOGIN) return request(means);
    if (method == Socks.PASSWORD && credentials.isPresent()) {
      state = State.LOGIN;
      byte[] user = credentials.get().user().getBytes(StandardCharsets.UTF_8);
      byte[] password = credentials.get().password().getBytes(StandardCharsets.UTF_8);
      if (user.length > 255 || password.length > 255)
        return failed(Signal.PROXY_AUTH, "our credentials are longer than SOCKS5 allows");
      return new Step.Send(
          means
              .buffer(3 + user.length + password.length)
              .writeByte(1)
              .writeByte(user.length)
              .writeBytes(user)
              .writeByte(password.length)
              .writeBytes(password));
    }
    return method == Socks.NO_METHOD
        ? failed(Signal.PROXY_AUTH, "it accepts none of our ways to log in")
        : protocol("it chose a way to log in that we did not offer");
  }

  private Step login(ByteBuf in, Means means) {
    if (in.readableBytes() < 2) return Step.MORE;
    in.skipBytes(1);
    return in.readByte() == 0
        ? request(means)
        : failed(Signal.PROXY_AUTH, "it refused our credentials");
  }

  private Step request(Means means) {
    state = State.REPLY;
    ByteBuf out = means.buffer(7 + 255).writeByte(Socks.VERSION).writeByte(Socks.CONNECT);
    out.writeByte(0);
    Optional<InetAddress> literal = Names.literal(target.host());
    if (literal.isPresent()) {
      byte[] address = literal.get().getAddress();
      out.writeByte(address.length == 4 ? Socks.IPV4 : Socks.IPV6).writeBytes(address);
    } else {
      out.writeByte(Socks.NAME).writeByte(target.host().length());
      ByteBufUtil.writeAscii(out, target.host());
    }
    return new Step.Send(out.writeShort(target.port()));
  }

  private static Step reply(ByteBuf in) {
    int start = in.readerIndex();
    int readable = in.readableBytes();
    if (readable >= 1 && in.getByte(start) != Socks.VERSION)
      return protocol("its version is not 5");
    if (readable >= 2 && in.getByte(start + 1) != Socks.OK)
      return refused(in.getUnsignedByte(start + 1));
    if (readable < 5) return Step.MORE;
    int length = Socks.addressLength(in.getByte(start + 3), in.getByte(start + 4));
    if (length < 0) return protocol("its address is of an unknown kind");
    if (readable < 6 + length) return Step.MORE;
    in.skipBytes(6 + length);
    return Step.DONE;
  }

  private static Step refused(int code) {
    return switch (code) {
      case Socks.NOT_ALLOWED -> failed(Signal.PROXY_POLICY, "it does not allow the target");
      case Socks.REFUSED -> failed(Signal.ORIGIN_REFUSED, "it says the target refuses");
      default -> failed(Signal.CONNECT_FAILED, "it answered SOCKS5 code " + code);
    };
  }

  private static Step protocol(String details) {
    return failed(Signal.PROXY_PROTOCOL, "its answer is no SOCKS5: " + details);
  }

  private static Step failed(Signal signal, String details) {
    return new Step.Failed(Failure.of(signal, details));
  }

  @Override
  public String phase() {
    return state == State.REPLY ? "connect" : "handshake";
  }
}
