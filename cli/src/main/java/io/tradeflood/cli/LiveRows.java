package io.tradeflood.cli;

import io.tradeflood.cli.output.Heading;
import io.tradeflood.cli.output.RowOutput;
import io.tradeflood.live.FeedState;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Writes rows one after another, as they come. */
final class LiveRows implements LiveView {
  private final RowOutput output;
  private final boolean states;
  private final boolean meta;
  private final boolean raw;
  private Optional<Question> current = Optional.empty();

  private LiveRows(RowOutput output, boolean states, boolean meta, boolean raw) {
    this.output = output;
    this.states = states;
    this.meta = meta;
    this.raw = raw;
  }

  static LiveRows of(RowOutput output, boolean states, boolean meta, boolean raw) {
    return new LiveRows(output, states, meta, raw);
  }

  /**
   * What became of a feed, as it is written.
   *
   * @param state the word
   * @param received when, UTC; of an end that is not known
   * @param from the first moment of a gap
   * @param to the first moment after it
   * @param reason why, where there is one
   */
  record Stated(
      String state,
      Optional<Instant> received,
      Optional<Instant> from,
      Optional<Instant> to,
      Optional<String> reason) {
    /** That a feed ended; why, if not because its exchange or the tape has no more. */
    static Stated ended(Optional<String> why) {
      return new Stated("ENDED", Optional.empty(), Optional.empty(), Optional.empty(), why);
    }

    static Stated of(FeedState state, Instant moment) {
      var received = Optional.of(moment);
      return switch (state) {
        case FeedState.Connected _ -> plain("CONNECTED", received);
        case FeedState.Synced _ -> plain("SYNCED", received);
        case FeedState.Desynced(var reason) ->
            new Stated(
                "DESYNCED", received, Optional.empty(), Optional.empty(), Optional.of(reason));
        case FeedState.Stale(var reason) ->
            new Stated("STALE", received, Optional.empty(), Optional.empty(), Optional.of(reason));
        case FeedState.Gap(var range, var reason) ->
            new Stated(
                "GAP",
                received,
                Optional.of(range.start()),
                Optional.of(range.end()),
                Optional.of(reason));
      };
    }

    private static Stated plain(String word, Optional<Instant> received) {
      return new Stated(word, received, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** For people. */
    @Override
    public String toString() {
      return state.toLowerCase(java.util.Locale.ROOT)
          + from.map(start -> " from " + start + " to " + to.map(Instant::toString).orElse("?"))
              .orElse("")
          + reason.map(why -> ": " + why).orElse("");
    }
  }

  @Override
  public void show(List<Shown> more) throws IOException {
    var rows = new ArrayList<Object>();
    for (Shown shown : more)
      switch (shown.item()) {
        case Merged.Item.Row row when !meta && !raw -> {
          if (current.filter(shown.question()::equals).isEmpty()) {
            write(rows);
            begin(shown.question(), shown.question().heading());
          }
          rows.add(row.row());
        }
        case Merged.Item.Row row -> {
          begin(shown.question(), heading(shown.question(), row));
          output.rows(List.of(row.row()));
          current = Optional.empty();
        }
        case Merged.Item.State state when states -> {
          write(rows);
          tell(shown.question(), Stated.of(state.state(), state.received()));
        }
        case Merged.Item.End end when states -> {
          write(rows);
          tell(shown.question(), Stated.ended(end.why().map(Terminal::words)));
        }
        case Merged.Item.State _, Merged.Item.End _ -> {}
      }
    write(rows);
  }

  private void tell(Question question, Stated stated) throws IOException {
    var heading = question.heading();
    output.begin(new Heading(heading.title(), Stated.class, heading.common()));
    output.rows(List.of(stated));
    current = Optional.empty();
  }

  private Heading heading(Question question, Merged.Item.Row row) {
    var heading = question.heading();
    var common = new LinkedHashMap<>(heading.common());
    if (meta) {
      common.put("received", row.arrival().received().toString());
      common.put("way", row.arrival().origin());
    }
    if (raw) row.arrival().raw().ifPresent(text -> common.put("raw", text));
    return new Heading(heading.title(), heading.record(), common);
  }

  private void begin(Question question, Heading heading) throws IOException {
    output.begin(heading);
    current = Optional.of(question);
  }

  private void write(List<Object> rows) throws IOException {
    if (rows.isEmpty()) return;
    output.rows(rows);
    rows.clear();
  }

  @Override
  public void close() throws IOException {
    output.close();
  }
}
