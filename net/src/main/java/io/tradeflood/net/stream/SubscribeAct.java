package io.tradeflood.net.stream;

import io.tradeflood.turn.Act;
import io.tradeflood.turn.Call;
import io.tradeflood.turn.Description;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Subscription;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * Subscribes to a channel and waits until the exchange has taken that.
 *
 * @param <T> what comes of it
 */
final class SubscribeAct<T> implements Act<T, T> {
  private final PlannedChannel channel;
  private final Function<Group, Tap<? extends T>> maker;

  /**
   * @param maker makes what takes the channel's messages
   */
  SubscribeAct(PlannedChannel channel, Function<Group, Tap<? extends T>> maker) {
    this.channel = channel;
    this.maker = maker;
  }

  @Override
  public Description describe(Call<?> call) {
    return describe(call.endpoint());
  }

  Description describe(String endpoint) {
    var type = channel.type(endpoint);
    var wire = channel.streams().wire();
    var way = wire.ways(type).getFirst();
    return new Description(
        "SUBSCRIBE %s %s".formatted(wire.shown(channel.opening(way)), channel.name()),
        type.toString(),
        way.planned(),
        List.of());
  }

  @Override
  public Optional<Subscription> subscription(Call<?> call) {
    return Optional.of(wanted(call.endpoint()));
  }

  WantedChannel wanted(String endpoint) {
    return new WantedChannel(
        channel.streams(), channel.connector(), channel.type(endpoint), channel.name());
  }

  @Override
  public T perform(Call<?> call) throws InterruptedException {
    return perform(call.endpoint());
  }

  T perform(String endpoint) throws InterruptedException {
    var group =
        channel.streams().group(channel.connector(), channel.type(endpoint), channel.name());
    var tap = maker.apply(group);
    boolean taken = false;
    try {
      group.join(tap);
      T value = tap.ready().get();
      taken = true;
      return value;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Failure failure) throw failure;
      throw new Failure.Bug(
          "%s could not be subscribed to".formatted(channel.name()),
          Objects.requireNonNullElse(failed.getCause(), failed));
    } finally {
      if (!taken) tap.close();
    }
  }

  @Override
  public T read(T subscription) {
    return subscription;
  }
}
