package io.tradeflood.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.Outcome;

/**
 * Runs the races of three actors with a thread for each. The stress harness runs them, too, but
 * refuses to where there are fewer than three processors.
 */
class RacesOfThreeTest {
  private static final int STRIDE = 100;

  static Stream<Class<?>> races() {
    return Stream.of(NodeStress.class, RunStress.class)
        .flatMap(all -> Arrays.stream(all.getDeclaredClasses()))
        .filter(race -> methods(race, Actor.class).size() == 3);
  }

  @ParameterizedTest
  @MethodSource("races")
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void noneOfThreeIsLost(Class<?> race) throws Exception {
    int strides = race.getEnclosingClass() == RunStress.class ? 20 : 500;
    var ends = new TreeMap<String, Integer>();
    try (var threads = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < strides; i++)
        for (var end : stride(race, threads)) ends.merge(end, 1, Integer::sum);
    }

    assertThat(ends.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(strides * STRIDE);
    assertThat(ends).as("how often each end came").allSatisfy((end, _) -> acceptable(race, end));
  }

  /** Each actor goes through all states, in the same order, at the same time. */
  private static List<String> stride(Class<?> race, ExecutorService threads) throws Exception {
    var states = new ArrayList<Object>();
    var made = race.getDeclaredConstructor();
    for (int i = 0; i < STRIDE; i++) states.add(made.newInstance());
    var together = new CyclicBarrier(3);
    var actors = new ArrayList<Future<?>>();
    for (var actor : methods(race, Actor.class))
      actors.add(threads.submit(() -> act(actor, states, together)));
    for (var actor : actors) actor.get();

    var arbiter = methods(race, Arbiter.class).getFirst();
    var ends = new ArrayList<String>();
    for (var state : states) {
      var result = arbiter.getParameterTypes()[0].getDeclaredConstructor().newInstance();
      arbiter.invoke(state, result);
      ends.add(result.toString());
    }
    return ends;
  }

  private static Object act(Method actor, List<Object> states, CyclicBarrier together)
      throws ReflectiveOperationException, InterruptedException, BrokenBarrierException {
    together.await();
    for (var state : states) actor.invoke(state);
    return states;
  }

  private static List<Method> methods(Class<?> race, Class<? extends Annotation> mark) {
    return Arrays.stream(race.getMethods())
        .filter(method -> method.isAnnotationPresent(mark))
        .toList();
  }

  private static void acceptable(Class<?> race, String end) {
    assertThat(
            Arrays.stream(race.getAnnotationsByType(Outcome.class))
                .filter(outcome -> outcome.expect() != Expect.FORBIDDEN)
                .flatMap(outcome -> Arrays.stream(outcome.id())))
        .contains(end);
  }
}
