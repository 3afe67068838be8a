package io.tradeflood.net;

import io.tradeflood.live.Feed;
import io.tradeflood.live.Polling;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.turn.Act;
import io.tradeflood.turn.Call;
import io.tradeflood.turn.Description;

/** Polls from now on; there is a feed when the first answer is here. */
final class PollAct<T> implements Act<Feed<T>, Feed<T>> {
  private final PlannedPoll poll;
  private final PollRequest.PageReader<T> reader;

  PollAct(PlannedPoll poll, PollRequest.PageReader<T> reader) {
    this.poll = poll;
    this.reader = reader;
  }

  private RequestType type(Call<?> call) {
    return new RequestType(poll.request().connector().context().exchange(), call.endpoint());
  }

  @Override
  public Description describe(Call<?> call) {
    var once = new RestAct<>(poll.request(), Reading.by(reader::read)).describe(type(call));
    return new Description("POLL " + once.what(), once.requestType(), once.route(), once.costs());
  }

  @Override
  public Feed<T> perform(Call<?> call) throws InterruptedException {
    return perform(type(call));
  }

  Feed<T> perform(RequestType type) throws InterruptedException {
    var pages = new PolledPages<>(poll, reader, type);
    var polling = new Polling<>(type.toString(), pages, poll.pace(), pages);
    polling.begin();
    return polling;
  }

  @Override
  public Feed<T> read(Feed<T> answer) {
    return answer;
  }
}
