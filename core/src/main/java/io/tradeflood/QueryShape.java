package io.tradeflood;

import io.tradeflood.model.Query;
import io.tradeflood.model.Window;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** A query without the window in it: what it asks about, whichever part of the history is meant. */
final class QueryShape {
  private final QueryRecord<? extends Query> record;

  QueryShape(Class<? extends Query> type) {
    record = new QueryRecord<>(type);
  }

  /** The components that are no window: two queries of one series have them equal. */
  List<Object> series(Query query) {
    var series = new ArrayList<Object>();
    for (RecordComponent component : record.components())
      if (component.getType() != Window.class) series.add(record.read(component, query));
    return series;
  }

  /** The same question of another part of the history. */
  <Q extends Query> Q with(Q query, Window window) {
    Object[] values =
        record.components().stream()
            .map(c -> c.getType() == Window.class ? window : record.read(c, query))
            .toArray();
    @SuppressWarnings("unchecked") // it is the query's own record
    Q other = (Q) record.make(values);
    return other;
  }
}
