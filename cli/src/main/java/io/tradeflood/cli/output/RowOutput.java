package io.tradeflood.cli.output;

import java.io.IOException;
import java.util.List;

/**
 * Writes rows in one format: {@link #begin} says what follows, then come the rows of it, in as many
 * batches as there are; in the end {@link #close} completes the text. Used by one thread at a time.
 */
public interface RowOutput extends AutoCloseable {
  /** The rows from here on belong to this heading. */
  void begin(Heading heading) throws IOException;

  /** Writes rows of the heading, in their order, and hands them on to whoever reads. */
  void rows(List<?> rows) throws IOException;

  /** Completes the text and hands it on; leaves the stream below open. */
  @Override
  void close() throws IOException;
}
