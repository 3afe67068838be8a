package acme;

import io.tradeflood.connector.Exchange;
import io.tradeflood.net.RestConnector;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;

/** Acme's polls, which live on a host of their own. */
@Exchange("acme")
public interface AcmeMoodRest extends RestConnector {
  @Override
  default String baseUrl() {
    return "https://polls.acme.example";
  }

  /** {@code GET /mood}: of one instrument; the rows of the poll are the model's already. */
  @TurnExecution
  default Turn<Mood> mood(String symbol) {
    return get("/mood").query("symbol", symbol).as(Mood.class);
  }
}
