package io.tradeflood.bench.live;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/**
 * Packs messages as permessage-deflate has it (RFC 7692), each with the ones before it in mind.
 * Belongs to one thread.
 */
final class Packer {
  private static final int HEADER = 4;

  /** An empty block ends each message; it is left out. */
  private static final int TAIL = 4;

  private final Frames frames;
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private ByteBuffer packed = ByteBuffer.allocateDirect(0);

  Packer(Frames frames) {
    this.frames = frames;
  }

  /** As {@link Frames#slice}. */
  ByteBuffer slice(int from, int to) {
    makeRoom(2 * frames.slice(from, to).remaining() + 64 * (to - from));
    packed.clear();
    for (int i = from; i < to; i++) {
      int at = packed.position();
      var message = frames.slice(i, i + 1);
      deflater.setInput(message.position(message.position() + HEADER));
      packed.position(at + HEADER);
      deflater.deflate(packed, Deflater.SYNC_FLUSH);
      int end = packed.position() - TAIL;
      packed.put(at, (byte) 0xC1).put(at + 1, (byte) 126);
      packed.putShort(at + 2, (short) (end - at - HEADER)).position(end);
    }
    return packed.flip();
  }

  private void makeRoom(int size) {
    if (packed.capacity() < size) packed = ByteBuffer.allocateDirect(size);
  }
}
