package io.tradeflood.net;

import io.tradeflood.proxy.RequestType;
import io.tradeflood.turn.Act;
import io.tradeflood.turn.Call;
import io.tradeflood.turn.Cost;
import io.tradeflood.turn.Description;
import io.tradeflood.turn.Move;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Sends a request and reads its answer. */
final class RestAct<T> implements Act<HttpReply, T> {
  private final PlannedRequest request;
  private final Reading<T> reading;

  /** An answer is read when it comes, while it can still be asked for again; then it is kept. */
  private final AtomicReference<Done<T>> done = new AtomicReference<>(new Done.Nothing<>());

  private sealed interface Done<T> {
    record Nothing<T>() implements Done<T> {}

    record Value<T>(HttpReply reply, T value) implements Done<T> {}
  }

  RestAct(PlannedRequest request, Reading<T> reading) {
    this.request = request;
    this.reading = reading;
  }

  @Override
  public Description describe(Call<?> call) {
    return describe(type(call));
  }

  Description describe(RequestType type) {
    var errand = request.errand(type);
    var costs =
        errand.takings().stream()
            .map(
                taking ->
                    new Cost(
                        taking.limit().label(errand.hostName()),
                        taking.amount(),
                        taking.limit().capacity(),
                        taking.limit().window()))
            .toList();
    return new Description(errand.line(), type.toString(), errand.egress().planned(), costs);
  }

  @Override
  public HttpReply perform(Call<?> call) throws InterruptedException {
    return perform(call, _ -> {});
  }

  @Override
  public HttpReply perform(Call<?> call, Consumer<Move> moved) throws InterruptedException {
    return perform(type(call), moved);
  }

  HttpReply perform(RequestType type, Consumer<Move> moved) throws InterruptedException {
    var errand = request.errand(type);
    return request
        .transport()
        .send(
            errand,
            reply -> done.set(new Done.Value<>(reply, reading.read(errand.subject(), reply))),
            moved);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // only the very answer that was read is not read again
  public T read(HttpReply answer) {
    return switch (done.getAndSet(new Done.Nothing<>())) {
      case Done.Value<T>(var reply, var value) when reply == answer -> value;
      case Done.Value<T> _ -> afresh(answer);
      case Done.Nothing<T> _ -> afresh(answer);
    };
  }

  private T afresh(HttpReply answer) {
    return reading.read(request.connector().context().hostName(), answer);
  }

  private RequestType type(Call<?> call) {
    return new RequestType(request.connector().context().exchange(), call.endpoint());
  }
}
