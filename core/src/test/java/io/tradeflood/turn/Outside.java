package io.tradeflood.turn;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A source that counts what it is asked, and dies when it is asked anything twice. */
final class Outside implements Subscription.Carrier {
  static final String LIMIT = "acme.rest weight";

  final Map<String, Integer> asked = new ConcurrentHashMap<>();
  final AtomicInteger interrupted = new AtomicInteger();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> begun = new ConcurrentHashMap<>();
  private final Set<String> repeatable = ConcurrentHashMap.newKeySet();

  /** Answers this only once {@link #release} is called. */
  Outside hold(String what) {
    held.put(what, new CountDownLatch(1));
    return this;
  }

  void release(String what) {
    held.get(what).countDown();
  }

  /** May be asked more than once. */
  Outside repeatable(String what) {
    repeatable.add(what);
    return this;
  }

  /** Waits until somebody has asked this. */
  void awaitBegun(String what) throws InterruptedException {
    begun(what).await();
  }

  int total() {
    return asked.values().stream().mapToInt(Integer::intValue).sum();
  }

  private CountDownLatch begun(String what) {
    return begun.computeIfAbsent(what, _ -> new CountDownLatch(1));
  }

  Turn<String> get(String what, long weight) {
    return Turn.of(new Get(this, what, weight));
  }

  private String answer(String what) throws InterruptedException {
    int times = asked.merge(what, 1, Integer::sum);
    begun(what).countDown();
    if (times > 1 && !repeatable.contains(what))
      throw new AssertionError("Asked twice for " + what);
    var latch = held.get(what);
    try {
      if (latch != null) latch.await();
    } catch (InterruptedException e) {
      interrupted.incrementAndGet();
      throw e;
    }
    if (what.contains("refused"))
      throw new Failure.Refused("GET " + what + " was refused: no such thing", "-1", 400);
    return what;
  }

  /** One connection for all, half a second for each. */
  @Override
  public List<Explanation.Connections> explain(List<Subscription> all) {
    var most = Duration.ofMillis(500L * all.size());
    return List.of(
        new Explanation.Connections(
            "acme.stream",
            "direct",
            all.size(),
            1,
            all.size(),
            List.of(
                new Explanation.Share(
                    "subscriptions on one", all.size(), 100, Optional.empty(), Duration.ZERO),
                new Explanation.Share(
                    "messages", all.size(), 2, Optional.of(Duration.ofSeconds(1)), most)),
            all.size() > 2 ? Optional.of("acme has had enough") : Optional.empty(),
            most));
  }

  private record Get(Outside outside, String what, long weight) implements Act<String, String> {
    @Override
    public Description describe(Call<?> call) {
      return new Description(
          "GET /" + what.replace(' ', '/'),
          "acme." + call.endpoint(),
          "direct",
          List.of(new Cost(LIMIT, weight, 1_200, Duration.ofMinutes(1))));
    }

    @Override
    public String perform(Call<?> call) throws InterruptedException {
      return outside.answer(what);
    }

    @Override
    public String perform(Call<?> call, Consumer<Move> moved) throws InterruptedException {
      if (what.contains("moved")) moved.accept(new Move("first", "second", "it was shut"));
      return perform(call);
    }

    @Override
    public String read(String answer) {
      return answer + "!";
    }
  }
}
