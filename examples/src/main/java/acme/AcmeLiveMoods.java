package acme;

import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;
import java.util.List;

/** The mood of one instrument, whenever Acme has asked its users. */
public interface AcmeLiveMoods extends LiveBinding<AcmeCallback, NowQuery, Mood> {
  @Override
  default Turn<Feed<Mood>> plan(AcmeCallback acme, NowQuery query) {
    String symbol = query.symbol().join("-");
    return acme.polls()
        .map(
            polls ->
                polls.flatMap(
                    poll -> poll.symbol().equals(symbol) ? List.of(poll.mood()) : List.of()));
  }
}
