package io.tradeflood;

import io.tradeflood.model.Row;
import io.tradeflood.model.Window;
import io.tradeflood.turn.Failure;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The rows of a part, cut to the window that was asked for. */
final class RowReader<M> implements Rows<M> {
  private final Request<M> request;
  private final Optional<Window> window;
  private final Batches<M> batches;
  private final AtomicLong counter;
  private final Runnable atEnd;
  private final CoverageLine coverage = new CoverageLine();
  private Optional<Failure> failure = Optional.empty();
  private Iterator<M> page = List.<M>of().iterator();
  private int given;
  private boolean ended;
  private boolean told;

  /**
   * @param counter counts the rows that are given
   * @param atEnd told once, when there are no more
   */
  RowReader(Part<M> part, Batches<M> batches, AtomicLong counter, Runnable atEnd) {
    this.request = part.request();
    this.window = part.window();
    this.batches = batches;
    this.counter = counter;
    this.atEnd = atEnd;
  }

  @Override
  public Request<M> request() {
    return request;
  }

  @Override
  public boolean hasNext() {
    while (!page.hasNext() && !ended) {
      try {
        if (isTail()) tail();
        else step();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        fail(new Failure.Cancelled("Reading " + request.exchange()));
      }
    }
    if (page.hasNext()) return true;
    end();
    return false;
  }

  private boolean isTail() {
    return window.map(Window::isTail).orElse(false);
  }

  private void step() throws InterruptedException {
    var batch = batches.next();
    if (batch.isEmpty()) {
      ended = true;
      return;
    }
    note(batch.get());
    List<M> rows = inside(batch.get().rows());
    int most = window.flatMap(w -> box(w.limit())).orElse(Integer.MAX_VALUE) - given;
    if (rows.size() >= most) {
      rows = rows.subList(0, most);
      ended = true;
      batches.cancel();
    }
    given += rows.size();
    page = rows.iterator();
  }

  /** The newest rows are known when all have come. */
  private void tail() throws InterruptedException {
    int most = window.flatMap(w -> box(w.limit())).orElse(Window.DEFAULT_LIMIT);
    var newest = new ArrayDeque<M>();
    for (var batch = batches.next(); batch.isPresent(); batch = batches.next()) {
      note(batch.get());
      for (M row : inside(batch.get().rows())) {
        newest.add(row);
        if (newest.size() > most) newest.remove();
      }
    }
    ended = true;
    page = newest.iterator();
  }

  private static Optional<Integer> box(java.util.OptionalInt value) {
    return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
  }

  private void note(Batch<M> batch) {
    batch.coverage().forEach(coverage::add);
    if (failure.isEmpty()) failure = batch.failure();
  }

  private List<M> inside(List<M> rows) {
    if (window.isEmpty()) return rows;
    var from = window.get().from();
    var to = window.get().to();
    if (rows.isEmpty()
        || (isInside(rows.getFirst(), from, to) && isInside(rows.getLast(), from, to)))
      return rows; // they are ascending
    return rows.stream().filter(one -> isInside(one, from, to)).toList();
  }

  private static boolean isInside(Object row, Optional<Instant> from, Optional<Instant> to) {
    var time = ((Row) row).time();
    return from.map(f -> !time.isBefore(f)).orElse(true) && to.map(time::isBefore).orElse(true);
  }

  private void fail(Failure with) {
    if (failure.isEmpty()) failure = Optional.of(with);
    ended = true;
    batches.cancel();
  }

  private void end() {
    if (told) return;
    told = true;
    atEnd.run();
  }

  @Override
  public M next() {
    if (!hasNext()) throw new NoSuchElementException("No more rows");
    counter.incrementAndGet();
    return page.next();
  }

  @Override
  public List<Coverage> coverage() {
    return coverage.pieces();
  }

  @Override
  public Optional<Failure> failure() {
    return failure;
  }

  /** Stops what reads ahead for it; another thread may be reading still. */
  void abandon() {
    batches.cancel();
  }

  @Override
  public void close() {
    if (!ended) batches.cancel();
    ended = true;
    page = List.<M>of().iterator();
    end();
  }
}
