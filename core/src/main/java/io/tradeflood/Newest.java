package io.tradeflood;

import io.tradeflood.model.Row;
import io.tradeflood.model.TimeRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The newest rows of several pieces that are read from the newest back; given ascending. */
final class Newest<M> implements Batches<M> {
  private final ArrayDeque<Supplier<Batches<M>>> pieces;
  private final int wanted;
  private final TimeRange range;
  private Optional<Batches<M>> reading = Optional.empty();
  private boolean ended;

  /**
   * @param pieces the newest first
   * @param range all of them together
   */
  Newest(List<Supplier<Batches<M>>> pieces, int wanted, TimeRange range) {
    this.pieces = new ArrayDeque<>(pieces);
    this.wanted = wanted;
    this.range = range;
  }

  @Override
  public Optional<Batch<M>> next() throws InterruptedException {
    if (ended) return Optional.empty();
    ended = true;
    List<M> rows = new ArrayList<>();
    var coverage = new ArrayList<Coverage>();
    var failure = Optional.<io.tradeflood.turn.Failure>empty();
    while (rows.size() < wanted && failure.isEmpty() && !pieces.isEmpty()) {
      var piece = pieces.poll().get();
      reading = Optional.of(piece);
      var found = new ArrayList<M>();
      for (var batch = piece.next(); batch.isPresent(); batch = piece.next()) {
        found.addAll(batch.get().rows());
        coverage.addAll(batch.get().coverage());
        if (failure.isEmpty()) failure = batch.get().failure();
        // the oldest of a piece that is read oldest first may be more than is wanted
        if (found.size() > 2L * wanted + 1_000)
          found = new ArrayList<>(found.subList(found.size() - wanted, found.size()));
      }
      found.addAll(rows);
      rows = found;
    }
    if (rows.size() > wanted) rows = rows.subList(rows.size() - wanted, rows.size());
    return Optional.of(new Batch<>(rows, told(rows, coverage), failure));
  }

  /** Of what lies before the first row that is given, nothing is said but failures. */
  private List<Coverage> told(List<M> rows, List<Coverage> coverage) {
    if (rows.size() < wanted) return coverage;
    var from = new TimeRange(((Row) rows.getFirst()).time(), range.end());
    var told = new ArrayList<Coverage>();
    for (Coverage piece : coverage)
      piece
          .range()
          .intersection(from)
          .ifPresent(common -> told.add(new Coverage(common, piece.state(), piece.reason())));
    return told;
  }

  @Override
  public void cancel() {
    ended = true;
    reading.ifPresent(Batches::cancel);
  }
}
