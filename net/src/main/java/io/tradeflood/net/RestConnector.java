package io.tradeflood.net;

import io.tradeflood.connector.Connector;
import io.tradeflood.connector.Mode;
import io.tradeflood.turn.Failure;
import java.util.Map;
import java.util.Optional;

/**
 * Talks to an exchange by HTTP requests and answers. Its endpoints describe a request with {@link
 * #get} and say how its answer is read; sending, limits, retries and routes are the library's.
 */
public interface RestConnector extends Connector {
  @Override
  default Mode mode() {
    return Mode.REST;
  }

  /**
   * The exchange's address, with the part of the path that all endpoints share. Users can put
   * another in its place: one without a path replaces scheme, host and port only, one with a path
   * that part as well.
   */
  String baseUrl();

  @Override
  default String address() {
    return baseUrl();
  }

  /** Begins the description of a GET request; the path starts with a slash. */
  default RestRequest get(String path) {
    return RestRequest.get(this, path);
  }

  /** Headers that go with every request, such as a key from {@link #context}'s settings. */
  default Map<String, String> headers() {
    return Map.of();
  }

  /**
   * What is wrong with an answer, in the exchange's own terms: its error codes, also those that
   * come with HTTP 200. Empty leaves the judgement to HTTP's rules, by which 429 and 418 are {@link
   * Failure.Limited}, other 4xx {@link Failure.Refused} and 5xx {@link Failure.Unreachable}.
   */
  default Optional<Failure> failureIn(HttpReply reply) {
    return Optional.empty();
  }
}
