package io.tradeflood.proxyter.hop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.tradeflood.proxyter.wire.HeadReader;
import io.tradeflood.proxyter.wire.ResponseHead;
import io.tradeflood.proxyter.wire.Target;
import java.util.List;
import java.util.Optional;

/** What is said to a proxy before the tunnel is open. Used once, by one thread. */
public interface Handshake {

  /** What it works with; of the thread that uses it. */
  interface Means {
    /** Room for a head of {@link HeadReader#MAX_BYTES}, good until the next use. */
    byte[] scratch();

    /** A new buffer; the taker releases it. */
    ByteBuf buffer(int size);

    /** Milliseconds since 1970. */
    long now();
  }

  /** What came of the bytes so far. */
  sealed interface Step {
    /** More bytes are needed. */
    record More() implements Step {}

    /** Send this, then read on. */
    record Send(ByteBuf bytes) implements Step {}

    /** It is through; what is still unread belongs to what follows. */
    record Done() implements Step {}

    record Failed(Failure failure) implements Step {}

    Step MORE = new More();
    Step DONE = new Done();
  }

  /**
   * What opens a tunnel through a proxy.
   *
   * @param via our name in {@code Via}
   */
  static List<Handshake> toTunnel(Hop hop, Target target, String via) {
    return switch (hop.url().scheme()) {
      case HTTP, HTTPS -> List.of(new ConnectHandshake(hop, target, via));
      case SOCKS5, SOCKS4A, DIRECT -> toTarget(hop, target);
    };
  }

  /** What leads to the target itself where no HTTP is spoken to the proxy. */
  static List<Handshake> toTarget(Hop hop, Target target) {
    return switch (hop.url().scheme()) {
      case SOCKS5 -> List.of(new SocksHandshake(hop.url().credentials(), target));
      case SOCKS4A -> List.of(new Socks4Handshake(hop.url().credentials(), target));
      case HTTP, HTTPS, DIRECT -> List.of();
    };
  }

  /** What is sent first. */
  ByteBuf begin(ByteBufAllocator allocator);

  /** Reads what it understands of the bytes that have come in. */
  Step read(ByteBuf in, Means means);

  /** As it is told in events: {@code handshake} or {@code connect}. */
  String phase();

  /** Whether the answer is the target's own and may take its time. */
  default boolean isPatient() {
    return false;
  }

  /** The target's answer, if it is part of this. */
  default Optional<ResponseHead> response() {
    return Optional.empty();
  }
}
