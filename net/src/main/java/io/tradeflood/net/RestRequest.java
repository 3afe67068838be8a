package io.tradeflood.net;

import io.tradeflood.turn.Turn;
import java.util.List;

/**
 * The description of a request: immutable, each method gives a changed copy. Nothing is sent before
 * a plan runs.
 */
public interface RestRequest {
  /** Begins a GET request of a connector. */
  static RestRequest get(RestConnector connector, String path) {
    return connector.context().services().get(RestTransport.class).get(connector, path);
  }

  /**
   * A parameter, written after the question mark and encoded as UTF-8. An {@link java.time.Instant}
   * is written in milliseconds since 1970, an empty {@link java.util.Optional} (or OptionalInt,
   * OptionalLong) not at all, anything else as its text.
   */
  RestRequest query(String name, Object value);

  /** A header. */
  RestRequest header(String name, String value);

  /** Takes so much from one of the connector's limits. Calls that name none are not limited. */
  RestRequest cost(String limit, long amount);

  /** Reads the body as a record, by the names of its components. */
  <T> Turn<T> as(Class<T> record);

  /** Reads the body as a list of records. */
  <T> Turn<List<T>> asList(Class<T> row);

  /** Reads the body in the connector's own way; for pages with many rows. */
  <T> Turn<T> read(Reader<T> reader);

  /** Reads a body. Pure. */
  @FunctionalInterface
  interface Reader<T> {
    T read(byte[] body) throws Exception;
  }
}
