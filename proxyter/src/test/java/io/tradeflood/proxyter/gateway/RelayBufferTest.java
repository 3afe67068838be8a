package io.tradeflood.proxyter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

final class RelayBufferTest {
  private final RelayBuffer relay = new RelayBuffer(UnpooledByteBufAllocator.DEFAULT);

  @Test
  void readsIntoTheSameBufferOnceItWasWritten() {
    ByteBuf first = relay.take();
    first.writeLong(7);
    first.release();
    ByteBuf second = relay.take();
    assertThat(second).isSameAs(first);
    assertThat(second.readableBytes()).isZero();
    second.release();
    relay.release();
    assertThat(first.refCnt()).isZero();
  }

  @Test
  void leavesWhatIsNotWrittenYetAlone() {
    ByteBuf waits = relay.take();
    waits.writeLong(7);
    ByteBuf next = relay.take();
    next.writeLong(8);
    assertThat(next).isNotSameAs(waits);
    assertThat(waits.readLong()).isEqualTo(7);
    waits.release();
    assertThat(waits.refCnt()).isZero();
    next.release();
    relay.release();
    assertThat(next.refCnt()).isZero();
  }

  @Test
  void aFewBytesThatWaitKeepNoMoreThanTheyNeed() {
    ByteBuf few = relay.behind(relay.take().writeLong(7));
    assertThat(few.capacity()).isEqualTo(8);
    assertThat(few.readLong()).isEqualTo(7);
    few.release();
    ByteBuf many = relay.take().writerIndex(RelayBuffer.SIZE);
    assertThat(relay.behind(many)).isSameAs(many);
    many.release();
    relay.release();
    assertThat(many.refCnt()).isZero();
  }
}
