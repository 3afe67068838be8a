package io.tradeflood.net;

import io.tradeflood.connector.Mode;

/**
 * Gets what is new by asking again and again: with a cursor, with an ETag, or by answers that the
 * exchange holds back until there is something. Its endpoints describe one request and how its
 * answers go on:
 *
 * <pre>{@code
 * // GET /v2/events?after=: {"events":[...],"last":"17"}
 * @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
 * default Turn<Feed<AcmeEvent>> events(String symbol) {
 *   return poll(get("/events").query("symbol", symbol).cost("requests", 1))
 *       .cursor("after")
 *       .held(Duration.ofSeconds(30))
 *       .feed(AcmeEvent::page);
 * }
 * }</pre>
 */
public interface PollConnector extends RestConnector {
  @Override
  default Mode mode() {
    return Mode.POLL;
  }

  /** Begins the description of a request that is made again and again. */
  default PollRequest poll(RestRequest request) {
    return PollRequest.of(this, request);
  }
}
