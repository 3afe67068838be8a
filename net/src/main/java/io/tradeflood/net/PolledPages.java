package io.tradeflood.net;

import io.tradeflood.live.Polling;
import io.tradeflood.proxy.RequestType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Asks with what the last answer gave: a cursor, an ETag. Used by one thread after another. */
final class PolledPages<T> implements Polling.Question<T>, Polling.Time {
  private final PlannedPoll poll;
  private final Reading<PollPage<T>> reading;
  private final RequestType type;
  private final HttpTransport transport;
  private Optional<String> cursor = Optional.empty();
  private Optional<String> tag = Optional.empty();

  PolledPages(PlannedPoll poll, PollRequest.PageReader<T> reader, RequestType type) {
    this.poll = poll;
    this.type = type;
    reading = Reading.by(reader::read);
    transport = poll.request().transport();
  }

  @Override
  public Optional<Polling.Answer<T>> ask() throws InterruptedException {
    var errand = poll.next(cursor, tag).errand(type);
    var pages = new AtomicReference<Optional<PollPage<T>>>(Optional.empty());
    var reply =
        transport.send(
            errand,
            got ->
                pages.set(
                    got.status() == Judge.UNCHANGED
                        ? Optional.empty()
                        : Optional.of(reading.read(errand.subject(), got))),
            _ -> {});
    var page = pages.get();
    page.flatMap(PollPage::cursor).ifPresent(next -> cursor = Optional.of(next));
    // An ETag belongs to the address that it was got by.
    tag = poll.cursorName().isPresent() ? Optional.empty() : reply.header("etag").or(() -> tag);
    return page.map(
        got ->
            new Polling.Answer<>(
                got.rows(),
                reply.received(),
                () -> Optional.of(new String(reply.body(), StandardCharsets.UTF_8))));
  }

  @Override
  public Instant instant() {
    return transport.timeline().instant();
  }

  @Override
  public void sleep(Duration length) throws InterruptedException {
    transport.timeline().sleep(length.toNanos());
  }
}
