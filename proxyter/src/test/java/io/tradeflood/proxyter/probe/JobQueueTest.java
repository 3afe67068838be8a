package io.tradeflood.proxyter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.health.Job;
import org.junit.jupiter.api.Test;

class JobQueueTest {
  private final JobQueue queue = new JobQueue(3);

  private static Job proxy(String id) {
    return new Job.ProbeProxy(id);
  }

  private Job run() throws InterruptedException {
    return ((JobQueue.Next.Run) queue.take(() -> 10)).job();
  }

  @Test
  void everyKindHasItsTurn() throws InterruptedException {
    var network = new Job.ProbeNetwork();
    queue.offer(proxy("a"));
    queue.offer(proxy("b"));
    queue.offer(network);
    assertThat(run()).isEqualTo(proxy("a"));
    assertThat(run()).isEqualTo(network);
    assertThat(run()).isEqualTo(proxy("b"));
  }

  @Test
  void whatWaitsOrRunsIsNotTakenTwice() throws InterruptedException {
    queue.offer(proxy("a"));
    queue.offer(proxy("a"));
    assertThat(queue.waiting()).isEqualTo(1);
    Job running = run();
    queue.offer(proxy("a"));
    assertThat(queue.waiting()).isZero();
    queue.done(running);
    queue.offer(proxy("a"));
    assertThat(queue.waiting()).isEqualTo(1);
  }

  @Test
  void whatHasNoRoomIsHandedBack() throws InterruptedException {
    for (String id : new String[] {"a", "b", "c", "d"}) queue.offer(proxy(id));
    assertThat(queue.waiting()).isEqualTo(3);
    assertThat(queue.take(() -> 10)).isEqualTo(new JobQueue.Next.TurnedAway(proxy("d")));
    assertThat(run()).isEqualTo(proxy("a"));
  }
}
