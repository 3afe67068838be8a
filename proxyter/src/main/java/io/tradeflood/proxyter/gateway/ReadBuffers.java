package io.tradeflood.proxyter.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one socket reads into: as much as it usually reads at first, and, once it belongs to a
 * tunnel, its event loop's {@link RelayBuffer}.
 */
final class ReadBuffers implements RecvByteBufAllocator {
  private static final RecvByteBufAllocator COMMON = new AdaptiveRecvByteBufAllocator();

  private @Nullable RelayBuffer relay;

  /** From now on. */
  void relayBy(RelayBuffer buffer) {
    relay = buffer;
  }

  @Override
  @SuppressWarnings("deprecation")
  public Handle newHandle() {
    return new Reading(COMMON.newHandle());
  }

  @SuppressWarnings("deprecation")
  private final class Reading extends DelegatingHandle implements ExtendedHandle {
    Reading(Handle common) {
      super(common);
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      RelayBuffer shared = relay;
      return shared == null ? super.allocate(allocator) : shared.take();
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier more) {
      return ((ExtendedHandle) delegate()).continueReading(more);
    }
  }
}
