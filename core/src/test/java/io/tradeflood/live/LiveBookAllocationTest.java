package io.tradeflood.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiveBookAllocationTest {
  private static final int LEVELS = 1000;
  private static final int MEASURED = 100_000;

  @Test
  void anUpdateAllocatesNothing() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var rules = BookRules.chained().with(new InterleavedCrc(25));
    var book = new LiveBook("A/B of acme", rules, BookServices.standard());
    var reader = book.books(20).read(ReadOptions.standard().overflow(Overflow.CONFLATE));
    var updates = updates();
    book.update(updates[0], 0);
    long number = 1;
    for (int i = 0; i < 3 * MEASURED; i++) number = apply(book, updates, number);
    long thread = Thread.currentThread().threadId();

    // The compiler may move what it compiles at any moment, so the least of some is looked at.
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5 && least > 0; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < MEASURED; i++) number = apply(book, updates, number);
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }

    assertThat(least).isZero();
    assertThat(book.state()).isEqualTo(LiveBook.State.SYNCED);
    assertThat(reader.dropped()).isGreaterThan(MEASURED);
  }

  private static long apply(LiveBook book, BookUpdate[] updates, long last) {
    var update = updates[1 + (int) (last % (updates.length - 1))];
    update.sequence(last + 1, last + 1).previous(last);
    book.update(update, last);
    return last + 1;
  }

  /** The book, and changes of it that add levels and take them away. */
  private static BookUpdate[] updates() {
    var random = new Random(1);
    var updates = new BookUpdate[257];
    updates[0] = new BookUpdate().begin(true).sequence(1, 1);
    for (int i = 0; i < LEVELS; i++) {
      updates[0].level(true, 100_000 - i, 2, 1 + i, 3);
      updates[0].level(false, 100_001 + i, 2, 1 + i, 3);
    }
    for (int i = 1; i < updates.length; i++) {
      updates[i] = new BookUpdate().begin(false).time(i);
      for (int level = 0; level < 10; level++) {
        boolean bid = random.nextBoolean();
        int away = random.nextInt(40);
        updates[i].level(
            bid, bid ? 100_000 - away : 100_001 + away, 2, random.nextInt(3) * 1000L, 3);
      }
    }
    return updates;
  }
}
