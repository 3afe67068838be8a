package io.tradeflood.cli;

import io.tradeflood.net.json.RecordWriter;
import java.nio.charset.StandardCharsets;

/** How an explanation or an analysis is written. */
enum Style {
  TEXT {
    @Override
    String write(Record told) {
      return told.toString();
    }
  },
  JSON {
    @Override
    String write(Record told) {
      return new String(new RecordWriter().toBytes(told), StandardCharsets.UTF_8);
    }
  };

  abstract String write(Record told);
}
