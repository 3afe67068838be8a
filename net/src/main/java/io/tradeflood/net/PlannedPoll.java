package io.tradeflood.net;

import io.tradeflood.live.Feed;
import io.tradeflood.live.Pace;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import java.time.Duration;
import java.util.Optional;

/** A request that is made again and again, as connectors write it down. */
record PlannedPoll(PlannedRequest request, Optional<String> cursorName, Duration hold, Pace pace)
    implements PollRequest {

  static PlannedPoll of(PollConnector connector, RestRequest request) {
    if (!(request instanceof PlannedRequest planned)
        || !planned.connector().context().hostName().equals(connector.context().hostName()))
      throw new Failure.Bug(
          "%s must poll a request of its own, made with get"
              .formatted(connector.context().hostName()));
    return new PlannedPoll(planned, Optional.empty(), Duration.ZERO, Pace.STANDARD);
  }

  @Override
  public PollRequest cursor(String parameter) {
    return new PlannedPoll(request, Optional.of(parameter), hold, pace);
  }

  @Override
  public PollRequest held(Duration most) {
    return new PlannedPoll(request, cursorName, most, Pace.held(most));
  }

  @Override
  public PollRequest every(Duration least, Duration most) {
    return new PlannedPoll(request, cursorName, hold, Pace.between(least, most));
  }

  @Override
  public <T> Turn<Feed<T>> feed(PageReader<T> reader) {
    return Turn.of(new PollAct<>(this, reader));
  }

  /** The next request to make. */
  PlannedRequest next(Optional<String> cursor, Optional<String> tag) {
    RestRequest next = request;
    if (cursorName.isPresent() && cursor.isPresent())
      next = next.query(cursorName.get(), cursor.get());
    if (tag.isPresent()) next = next.header("if-none-match", tag.get());
    return ((PlannedRequest) next).held(hold);
  }
}
