package io.tradeflood;

import io.tradeflood.connector.Waiting.Wait;
import io.tradeflood.turn.TurnRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A plan at work. */
final class StartedRun implements PlanRun {
  private final WrittenPlan plan;
  private final TurnRun run;
  private final Supplier<List<Wait>> waits;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicInteger ended = new AtomicInteger();

  /** Guards what was begun: each part is read once. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<Request<?>, RowReader<?>> reading = new LinkedHashMap<>();
  private final Map<Request<?>, FutureTask<Answer<?>>> answers = new LinkedHashMap<>();

  /**
   * @param waits what is waited for at the moment
   */
  StartedRun(WrittenPlan plan, TurnRun run, Supplier<List<Wait>> waits) {
    this.plan = plan;
    this.run = run;
    this.waits = waits;
  }

  @Override
  public Plan plan() {
    return plan;
  }

  @Override
  public <M> Rows<M> rows(Request<M> request) {
    return open(part(request));
  }

  private <M> RowReader<M> open(Part<M> part) {
    lock.lock();
    try {
      if (reading.containsKey(part.request()))
        throw new IllegalStateException(
            "%s is read already: its rows can be read once".formatted(part.label()));
      var reader = new RowReader<>(part, part.open(run), rows, ended::incrementAndGet);
      reading.put(part.request(), reader);
      return reader;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("unchecked") // the part of a request is of the request's model
  private <M> Part<M> part(Request<M> request) {
    for (Part<?> part : plan.parts()) if (part.request().equals(request)) return (Part<M>) part;
    throw new IllegalArgumentException("The plan has no request " + request);
  }

  @Override
  @SuppressWarnings("unchecked") // the answer to a request is of the request's model
  public <M> Answer<M> answer(Request<M> request) {
    var task = task(part(request));
    task.run(); // whoever asks first reads; for the others this does nothing
    return (Answer<M>) get(task);
  }

  private FutureTask<Answer<?>> task(Part<?> part) {
    lock.lock();
    try {
      var known = answers.get(part.request());
      if (known != null) return known;
      RowReader<?> reader = open(part);
      var task = new FutureTask<Answer<?>>(() -> collect(reader));
      answers.put(part.request(), task);
      return task;
    } finally {
      lock.unlock();
    }
  }

  private static <M> Answer<M> collect(RowReader<M> reader) {
    var rows = new ArrayList<M>();
    reader.forEachRemaining(rows::add);
    return new Answer<>(reader.request(), rows, reader.coverage(), reader.failure());
  }

  private static Answer<?> get(FutureTask<Answer<?>> task) {
    boolean interrupted = false;
    try {
      while (true)
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IllegalStateException("Rows could not be collected", e.getCause());
        }
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  @Override
  public List<Answer<?>> answers() {
    var tasks = new ArrayList<FutureTask<Answer<?>>>();
    for (Part<?> part : plan.parts()) tasks.add(task(part));
    for (FutureTask<Answer<?>> task : tasks)
      Thread.ofVirtual().name("tradeflood-answer").start(task);
    var all = new ArrayList<Answer<?>>();
    for (Request<?> request : plan.requests()) all.add(get(task(part(request))));
    return all;
  }

  @Override
  public Progress progress() {
    var calls = run.progress();
    long planned = plan.parts().stream().mapToLong(Part::calls).sum();
    return new Progress(
        calls.done() + calls.failed(),
        Math.max(calls.known(), planned),
        rows.get(),
        ended.get(),
        plan.parts().size(),
        waits.get());
  }

  @Override
  public PlanAnalysis analyze() {
    return new PlanAnalysis(plan.explain(), run.analyze(), rows.get());
  }

  @Override
  public void cancel() {
    run.cancel();
  }

  @Override
  public void close() {
    run.cancel();
    for (RowReader<?> reader : readers()) reader.abandon();
    run.close();
  }

  private List<RowReader<?>> readers() {
    lock.lock();
    try {
      return List.copyOf(reading.values());
    } finally {
      lock.unlock();
    }
  }
}
