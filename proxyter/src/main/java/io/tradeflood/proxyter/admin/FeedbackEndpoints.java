package io.tradeflood.proxyter.admin;

import static io.tradeflood.proxyter.admin.Endpoint.of;

import io.tradeflood.proxyter.admin.Answers.Told;
import io.tradeflood.proxyter.admin.Call.Caller;
import io.tradeflood.proxyter.admin.Documents.FeedbackReport;
import io.tradeflood.proxyter.config.Address;
import io.tradeflood.proxyter.gateway.Consequence;
import io.tradeflood.proxyter.gateway.Lease;
import io.tradeflood.proxyter.limit.Limit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What clients say of how targets answered them. */
final class FeedbackEndpoints {
  static final String NDJSON = "application/x-ndjson";
  private static final int BYTES = 4 << 20;
  private static final int MOST_LINES = 20_000;
  private static final Limit.Spec.Rate RATE =
      new Limit.Spec.Rate(2_000, Duration.ofSeconds(1), MOST_LINES);

  private final Parts parts;
  private final Map<Caller, Limit> rates = new ConcurrentHashMap<>();

  FeedbackEndpoints(Parts parts) {
    this.parts = parts;
  }

  List<Endpoint> endpoints() {
    return List.of(
        of(
                "POST",
                "/v1/feedback",
                "How a target answered through a tunnel; one report, or one a line",
                Told.class,
                this::take)
            .by(Endpoint.Access.CLIENT)
            .taking(Map.of(Reply.JSON, FeedbackReport.class, NDJSON, FeedbackReport.class))
            .upTo(BYTES)
            .producing(Reply.JSON, NDJSON));
  }

  private Reply take(Call call) {
    boolean lines = call.contentType().filter(type -> type.equals(NDJSON)).isPresent();
    if (!lines) {
      Map<String, Object> report = call.object();
      admit(call.caller(), 1);
      return Reply.json(told(call.caller(), report));
    }
    List<String> reports = call.text().lines().filter(line -> !line.isBlank()).toList();
    if (reports.size() > MOST_LINES)
      throw Problem.of(
          413, "there are %d reports: send %d at a time".formatted(reports.size(), MOST_LINES));
    admit(call.caller(), reports.size());
    var out = new StringBuilder();
    for (String report : reports)
      out.append(Json.text(toldOrNot(call.caller(), report))).append('\n');
    return Reply.bytes(200, NDJSON, out.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void admit(Caller caller, int reports) {
    long now = parts.clock().millis();
    Limit rate = rates.computeIfAbsent(caller, _ -> Limit.of(RATE));
    if (reports == 0 || rate.take(reports, now)) return;
    long wait = Math.max(1, (rate.roomAt(reports, now) - now + 999) / 1_000);
    throw Problem.of(
            429,
            "more than %d reports a second come with this secret: try again in %d s"
                .formatted(RATE.amount(), wait))
        .with("retry-after", Long.toString(wait));
  }

  /** A line that is not good does not take the others with it. */
  private Told toldOrNot(Caller caller, String line) {
    try {
      return told(caller, Json.object(line));
    } catch (Problem problem) {
      return new Told(
          "noted",
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          Optional.of(problem.detail()));
    }
  }

  private Told told(Caller caller, Map<String, Object> document) {
    var report = new Report(document);
    Optional<String> id = report.text("id");
    Optional<Long> number = report.number("lease", 1, Long.MAX_VALUE);
    Optional<String> proxy = report.text("proxy");
    Optional<String> target = report.text("target");
    Optional<String> type = report.text("type");
    Optional<Long> status = report.number("status", 100, 599);
    Optional<Duration> retryAfter = report.seconds("retryAfter");
    Optional<Duration> until =
        report.instant("until").map(end -> Duration.between(parts.clock().instant(), end));
    Map<Duration, Long> used = report.windows("usedWeight");
    report.end();
    Lease lease = lease(caller, id, number, proxy, target, type);
    used.forEach(
        (window, weight) -> parts.gateway().used(lease.proxy(), lease.origin(), window, weight));
    if (status.isEmpty()) return answer("noted", lease, Optional.empty());
    Consequence consequence =
        parts
            .gateway()
            .told(
                lease,
                status.get().intValue(),
                until.filter(d -> !d.isNegative()).or(() -> retryAfter));
    return answer(Answers.lower(consequence.action()), lease, Optional.of(consequence));
  }

  private static Told answer(String action, Lease lease, Optional<Consequence> consequence) {
    return new Told(
        action,
        consequence.filter(Consequence::switches).isPresent(),
        consequence.flatMap(Consequence::until),
        Optional.of(lease.proxy()),
        Optional.of(lease.origin()),
        consequence.map(Consequence::closed).orElse(0),
        Optional.empty());
  }

  private Lease lease(
      Caller caller,
      Optional<String> id,
      Optional<Long> number,
      Optional<String> proxy,
      Optional<String> target,
      Optional<String> type) {
    int ways =
        (id.isPresent() ? 1 : 0) + (number.isPresent() ? 1 : 0) + (proxy.isPresent() ? 1 : 0);
    if (ways != 1 || proxy.isPresent() != target.isPresent())
      throw Problem.of(422, "expected one of id, lease, or proxy with target");
    if (proxy.isPresent()) return pair(caller, proxy.get(), target.orElse(""), type);
    return number
        .map(n -> parts.gateway().lease(n))
        .orElseGet(() -> parts.gateway().lease(id.orElse("")))
        .filter(lease -> HealthEndpoints.mayKnow(caller, lease))
        .orElseThrow(
            () ->
                Problem.of(
                    422,
                    "no tunnel of yours has the %s '%s', or it closed more than ten minutes ago"
                        .formatted(
                            id.isPresent() ? "id" : "number",
                            Call.shortened(id.orElse(number.map(String::valueOf).orElse(""))))));
  }

  /** A client may only speak of pairs that it uses. */
  private Lease pair(Caller caller, String proxy, String target, Optional<String> type) {
    if (!parts.settings().proxies().containsKey(proxy))
      throw Problem.of(422, "there is no proxy '%s'".formatted(Call.shortened(proxy)));
    Address address;
    try {
      address = Address.parse(target);
    } catch (IllegalArgumentException e) {
      throw Problem.of(422, "target: " + e.getMessage());
    }
    String origin = parts.gateway().origin(address.host());
    Optional<Lease> own =
        parts.gateway().leases().stream()
            .filter(l -> l.proxy().equals(proxy) && l.origin().equals(origin))
            .filter(l -> HealthEndpoints.mayKnow(caller, l))
            .findFirst();
    if (!(caller instanceof Caller.Operator) && own.isEmpty())
      throw Problem.of(
          422,
          "no tunnel of yours is open by %s to %s: give id or lease instead"
              .formatted(proxy, address));
    Instant now = parts.clock().instant();
    return new Lease(
        own.map(Lease::number).orElse(0L),
        Optional.empty(),
        own.map(Lease::client).orElse(""),
        type.or(() -> own.map(Lease::type)).orElse("default"),
        proxy,
        own.map(Lease::group).orElseGet(() -> groupOf(proxy)),
        origin,
        address.toString(),
        now,
        Optional.empty(),
        0,
        0);
  }

  private String groupOf(String proxy) {
    return parts.settings().groups().values().stream()
        .filter(group -> group.proxies().contains(proxy))
        .map(group -> group.id())
        .findFirst()
        .orElse("");
  }

  /** A report while it is read: each key once, and nothing that nobody knows. */
  private static final class Report {
    private static final List<String> UNREAD = List.of("requests", "bytes", "bodyHint");
    private final Map<String, Object> values;

    Report(Map<String, Object> values) {
      this.values = values;
    }

    private Optional<Object> take(String key) {
      return Optional.ofNullable(values.remove(key));
    }

    private static Problem wrong(String key, Object value, String expected) {
      return Problem.of(
          422,
          "%s is '%s': expected %s"
              .formatted(key, Call.shortened(String.valueOf(value)), expected));
    }

    Optional<String> text(String key) {
      return take(key)
          .map(
              value -> {
                if (value instanceof String text && !text.isEmpty() && text.length() <= 300)
                  return text;
                throw wrong(key, value, "a text");
              });
    }

    Optional<Long> number(String key, long least, long most) {
      return take(key).map(value -> whole(key, value, least, most));
    }

    private static long whole(String key, Object value, long least, long most) {
      boolean fits = value instanceof Integer || value instanceof Long;
      long number = fits ? ((Number) value).longValue() : 0;
      if (fits && number >= least && number <= most) return number;
      throw wrong(key, value, "a whole number from %d to %d".formatted(least, most));
    }

    Optional<Duration> seconds(String key) {
      return take(key)
          .map(
              value -> {
                if (value instanceof Number number
                    && number.doubleValue() >= 0
                    && number.doubleValue() <= 366 * 86_400.0)
                  return Duration.ofMillis(Math.round(number.doubleValue() * 1_000));
                throw wrong(key, value, "seconds, a year at most");
              });
    }

    Optional<Instant> instant(String key) {
      return text(key)
          .map(
              value -> {
                try {
                  return Instant.parse(value);
                } catch (java.time.DateTimeException _) {
                  throw wrong(key, value, "a time such as 2026-01-31T12:00:00Z");
                }
              });
    }

    Map<Duration, Long> windows(String key) {
      Optional<Object> value = take(key);
      if (value.isEmpty()) return Map.of();
      if (!(value.get() instanceof Map<?, ?> map) || map.size() > 20)
        throw wrong(key, value.get(), "windows with what is used of them, such as {\"1m\": 40}");
      var windows = new java.util.LinkedHashMap<Duration, Long>();
      map.forEach(
          (window, used) ->
              windows.put(
                  Lengths.read(String.valueOf(window))
                      .orElseThrow(() -> wrong(key, window, "the length of a window such as 1m")),
                  whole(key + "." + window, used == null ? "null" : used, 0, 1L << 50)));
      return windows;
    }

    void end() {
      UNREAD.forEach(values::remove);
      values.values().removeIf(value -> value == null);
      if (values.isEmpty()) return;
      var unknown = new ArrayList<>(values.keySet());
      throw Problem.of(
          422,
          "key '%s' is unknown: expected id, lease, proxy, target, type, status, retryAfter, until, usedWeight, requests, bytes, bodyHint"
              .formatted(Call.shortened(unknown.getFirst())));
    }
  }
}
