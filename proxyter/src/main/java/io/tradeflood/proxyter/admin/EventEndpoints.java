package io.tradeflood.proxyter.admin;

import static io.tradeflood.proxyter.admin.Endpoint.get;

import io.tradeflood.proxyter.admin.Answers.Events;
import io.tradeflood.proxyter.event.Event;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What happened: page by page, or as it happens. */
final class EventEndpoints {
  private static final int PAGE = 1_000;

  private final Parts parts;

  EventEndpoints(Parts parts) {
    this.parts = parts;
  }

  List<Endpoint> endpoints() {
    return List.of(
        get(
                "/v1/events",
                "What happened; as a stream for who accepts text/event-stream",
                Events.class,
                this::events)
            .with(
                "after",
                "integer",
                "only events with a greater number; Last-Event-ID says the same to a stream")
            .with(
                "limit",
                "integer",
                "so many at most, 100 if left out; the oldest of them with after, else the newest")
            .with("type", "string", "only these types, such as proxy.*, by comma")
            .producing(Reply.JSON, Streams.TYPE));
  }

  private Reply events(Call call) {
    OptionalLong after = call.number("after", 0, Long.MAX_VALUE / 10);
    List<String> types = call.parameters("type");
    String accept = call.header().apply("accept").orElse("*/*");
    if (Negotiation.prefers(accept, Streams.TYPE, Reply.JSON))
      return new Reply.Events(lastEventId(call).isPresent() ? lastEventId(call) : after, types);
    int most = (int) call.number("limit", 1, PAGE).orElse(100);
    List<Event> fitting =
        parts.journal().after(after.orElse(0), Integer.MAX_VALUE).stream()
            .filter(event -> Streams.isWanted(event.type(), types))
            .toList();
    List<Event> page =
        after.isPresent()
            ? fitting.stream().limit(most).toList()
            : fitting.subList(Math.max(0, fitting.size() - most), fitting.size());
    return Reply.json(new Events(parts.journal().last(), parts.journal().first(), page));
  }

  /** What a follower that lost its connection has seen last. */
  private static OptionalLong lastEventId(Call call) {
    Optional<String> id = call.header().apply("last-event-id").map(String::strip);
    if (id.isEmpty() || id.get().isEmpty()) return OptionalLong.empty();
    if (!id.get().matches("[0-9]{1,18}"))
      throw Problem.of(
          400,
          "Last-Event-ID is '%s': expected an event's number".formatted(Call.shortened(id.get())));
    return OptionalLong.of(Long.parseLong(id.get()));
  }
}
