package acme;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;

/** The present mood. Nothing else in the world knows the model: these two files are all of it. */
public interface AcmeMoods extends SnapshotBinding<AcmeMoodRest, NowQuery, Mood> {
  @Override
  default Turn<Mood> plan(AcmeMoodRest acme, NowQuery query) {
    return acme.mood(query.symbol().join("-"));
  }
}
