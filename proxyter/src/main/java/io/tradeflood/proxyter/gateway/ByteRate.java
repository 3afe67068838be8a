package io.tradeflood.proxyter.gateway;

import java.util.concurrent.atomic.AtomicLong;

/** So many bytes in a second: what passes is booked, and whoever is ahead waits. */
final class ByteRate {
  private static final long SECOND = 1_000_000_000;

  private final long perSecond;
  private final AtomicLong paidUntil;

  ByteRate(long perSecond) {
    this(perSecond, new AtomicLong(Long.MIN_VALUE));
  }

  private ByteRate(long perSecond, AtomicLong paidUntil) {
    this.perSecond = perSecond;
    this.paidUntil = paidUntil;
  }

  ByteRate under(long changed) {
    return changed == perSecond ? this : new ByteRate(changed, paidUntil);
  }

  long perSecond() {
    return perSecond;
  }

  /** Books bytes that have passed; how long to wait before the next, in nanoseconds. */
  long pass(long bytes, long nanos) {
    long length = (long) ((double) bytes * SECOND / perSecond);
    while (true) {
      long before = paidUntil.get();
      long start = before == Long.MIN_VALUE || nanos - before > 0 ? nanos : before;
      if (paidUntil.compareAndSet(before, start + length)) return start + length - nanos;
    }
  }
}
