package io.tradeflood.net;

import io.tradeflood.net.json.Payload;
import io.tradeflood.net.json.RecordWriter;
import io.tradeflood.net.json.UnexpectedJsonException;
import io.tradeflood.proxy.ProxyterAddress;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells one Proxyter what was seen, at its admin port, from a thread of its own: no request waits
 * for it, and none fails because of it.
 */
final class Feedback implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Feedback.class.getName());
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final ProxyterAddress.Admin admin;
  private final String token;
  private final Timeline timeline;
  private final Post post;
  private final Listener listener;
  private final RecordWriter writer = new RecordWriter();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by the lock, like all below. */
  private final FeedbackBatch batch = new FeedbackBatch();

  private @Nullable Thread thread;
  private boolean closed;

  /** Of the thread, as the next one; whether it was told already that telling fails. */
  private boolean failing;

  /** Whether what was taken last is the last. */
  private boolean ends;

  /** Is told what Proxyter answers, on the thread that asked. */
  interface Listener {
    /** The tunnel leaves by the proxy. */
    void leavesBy(String id, String proxy);

    /** The tunnel is not to be used any more. */
    void leave(String id);
  }

  /** Posts a body to an address. */
  interface Post {
    /**
     * @throws WireFailure if there is no whole answer
     */
    HttpReply to(URI url, Map<String, String> headers, byte[] body)
        throws InterruptedException, WireFailure;
  }

  /**
   * @param token what lets us in
   * @param listener is told what Proxyter answers
   */
  Feedback(
      ProxyterAddress.Admin admin, String token, Timeline timeline, Post post, Listener listener) {
    this.admin = admin;
    this.token = token;
    this.timeline = timeline;
    this.post = post;
    this.listener = listener;
  }

  /** Never waits. */
  void tell(Sighting sighting) {
    lock.lock();
    try {
      if (closed) return;
      batch.add(sighting, timeline.nanos());
      if (thread == null) thread = Thread.ofVirtual().name("tradeflood-feedback").start(this::run);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (!ends) {
        var all = await();
        if (!all.isEmpty()) send(all);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is due; nothing when all is told and this is closed. */
  private List<Sighting> await() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        var due = batch.due();
        ends = closed;
        if (ends) return batch.take();
        if (due.isEmpty()) changed.await();
        else {
          long wait = due.getAsLong() - timeline.nanos();
          if (wait <= 0) return batch.take();
          await(wait);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Wakes early as well: whoever waits looks again. */
  @SuppressWarnings("ResultOfMethodCallIgnored")
  private void await(long nanos) throws InterruptedException {
    changed.await(nanos, TimeUnit.NANOSECONDS);
  }

  private void send(List<Sighting> all) throws InterruptedException {
    try {
      var reply =
          post.to(
              URI.create(admin.url().toString().replaceAll("/+$", "") + "/v1/feedback"),
              headers(),
              lines(all));
      if (reply.status() >= 200 && reply.status() < 300) {
        answered(all, reply.body());
      } else if (reply.status() >= 500 || reply.status() == 429) {
        again(all, "it answered with status " + reply.status());
      } else
        fails(
            reply.status() == 401 || reply.status() == 403
                ? "it does not accept our token (status %d): give it one that it knows"
                    .formatted(reply.status())
                : "it answered with status %d, %s: check the address of the admin port"
                    .formatted(reply.status(), Excerpt.of(reply.body())));
    } catch (WireFailure broken) {
      again(all, broken.happened());
    }
  }

  private Map<String, String> headers() {
    var headers = new HashMap<>(Map.of("content-type", "application/x-ndjson"));
    if (!token.isEmpty()) headers.put("authorization", "Bearer " + token);
    return headers;
  }

  private byte[] lines(List<Sighting> all) {
    var out = new ByteArrayOutputStream();
    for (var sighting : all) {
      out.writeBytes(writer.toBytes(sighting.report()));
      out.write('\n');
    }
    return out.toByteArray();
  }

  private void again(List<Sighting> all, String why) {
    fails(why);
    lock.lock();
    try {
      batch.putBack(all, timeline.nanos() + AGAIN.toNanos());
    } finally {
      lock.unlock();
    }
  }

  /** Said once, until it works again. */
  private void fails(String why) {
    if (!failing)
      LOG.log(
          System.Logger.Level.WARNING,
          "Proxyter at {0} is not told what was seen: {1}",
          admin,
          why);
    failing = true;
  }

  /** A line for each that was told, in their order, with what is done about it. */
  private void answered(List<Sighting> all, byte[] body) {
    var lines =
        new String(body, StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList();
    if (lines.size() != all.size()) {
      fails(
          "it answered %d lines to %d: check the address of the admin port"
              .formatted(lines.size(), all.size()));
      return;
    }
    failing = false;
    for (int i = 0; i < lines.size(); i++) answered(all.get(i), lines.get(i));
  }

  private void answered(Sighting sighting, String line) {
    try {
      var answer = Payload.of(line.getBytes(StandardCharsets.UTF_8));
      answer.text("proxy").ifPresent(proxy -> listener.leavesBy(sighting.id(), proxy));
      if (answer.text("switch").equals(Optional.of("true"))) listener.leave(sighting.id());
      if (sighting.isUrgent())
        LOG.log(
            System.Logger.Level.INFO,
            "Proxyter at {0} was told of status {1} by {2}: {3}",
            admin,
            Integer.toString(sighting.status().orElse(0)),
            answer.text("proxy").orElse("an unknown proxy"),
            answer.text("problem").or(() -> answer.text("action")).orElse("no word"));
    } catch (UnexpectedJsonException unknown) {
      fails("it answered what is not expected, " + unknown.getMessage());
    }
  }

  @Override
  public void close() {
    Thread last;
    lock.lock();
    try {
      closed = true;
      last = thread;
      changed.signal();
    } finally {
      lock.unlock();
    }
    if (last == null) return;
    try {
      if (!last.join(LAST_WORDS)) last.interrupt();
    } catch (InterruptedException _) {
      last.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
