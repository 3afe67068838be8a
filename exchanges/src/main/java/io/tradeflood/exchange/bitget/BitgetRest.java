package io.tradeflood.exchange.bitget;

import io.tradeflood.connector.Limit;
import io.tradeflood.model.Symbol;
import io.tradeflood.net.HttpReply;
import io.tradeflood.net.RestConnector;
import io.tradeflood.net.RestRequest;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Payload;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Bitget's REST APIs have in common: an envelope {@code
 * {"code":"00000","msg":..,"requestTime": ..,"data":..}} around each answer, in which every other
 * code is a failure, also with HTTP 200; decimals and times in milliseconds as text; limits for
 * each endpoint by the second, and one for all of them by the minute.
 */
public interface BitgetRest extends RestConnector {
  /** The limit for all endpoints of all markets together; who breaks it waits five minutes. */
  String ALL = "requests";

  /** The header that tells how many requests of the endpoint's second are left. */
  String LEFT = "x-mbx-used-remain-limit";

  @Override
  default String baseUrl() {
    return "https://api.bitget.com";
  }

  /** The exchange's name of an instrument. */
  String nameOf(Symbol symbol);

  /** Begins a request to an endpoint that has a limit of its own, named like its path. */
  default RestRequest get(String path, String endpoint) {
    return get(path + endpoint).cost(endpoint, 1).cost(ALL, 1);
  }

  /** The limits of endpoints, so many a second each, and the one for all. */
  static List<Limit> limits(Map<String, Integer> bySecond) {
    var limits = new ArrayList<Limit>();
    limits.add(Limit.of(ALL, 6000, Duration.ofMinutes(1)).together("bitget requests"));
    bySecond.forEach(
        (endpoint, calls) ->
            limits.add(Limit.of(endpoint, calls, Duration.ofSeconds(1)).leftHeader(LEFT)));
    return List.copyOf(limits);
  }

  /** The envelope's code, where it is none of success. */
  @Override
  default Optional<Failure> failureIn(HttpReply reply) {
    return BitgetFailures.in(reply, context().hostName());
  }

  /** {@code GET /api/v2/public/time}: the exchange's clock. */
  @TurnExecution
  default Turn<Instant> time() {
    return get("/api/v2/public/time")
        .cost(ALL, 1)
        .read(body -> Payload.of(body).at("data", "serverTime").read(JsonScanner::readInstant));
  }
}
