package io.tradeflood.proxyter.payload;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a client says in the place of a user name, such as {@code binance.candles,s=7,w=2}.
 *
 * @param type the type of the request, labels joined by dots
 * @param session {@code s}: tunnels of one session leave by one proxy
 * @param cost {@code w}: what the tunnel takes from limits that count weight, at least 0
 * @param groups {@code g}: only by these groups; empty means any
 * @param tags {@code tag}: only by proxies that carry all of these
 * @param excluded {@code x}: not by these proxies
 * @param id {@code id}: the client's own name for the tunnel, for feedback
 * @param budget {@code t}: how long getting a tunnel may take
 * @param priority {@code pr}: 0 to 9, higher is served first
 * @param feedback {@code fb}: what happened to an earlier tunnel
 * @param labels keys that begin with {@code x-}: kept for the journal, without meaning here
 */
public record Payload(
    String type,
    Optional<Session> session,
    long cost,
    Set<String> groups,
    Set<String> tags,
    Set<String> excluded,
    Optional<String> id,
    Optional<Duration> budget,
    int priority,
    Optional<Feedback> feedback,
    Map<String, String> labels) {

  /** The longest payload; a SOCKS5 user name holds no more. */
  public static final int MAX_BYTES = 255;

  /** The priority of who names none. */
  public static final int ORDINARY = 5;

  public Payload {
    groups = Set.copyOf(groups);
    tags = Set.copyOf(tags);
    excluded = Set.copyOf(excluded);
    labels = Map.copyOf(labels);
  }

  /**
   * Tunnels that belong together.
   *
   * @param name what the client calls it
   * @param minutes {@code st}: for how long it holds after its last tunnel; empty means the route's
   * @param mode {@code sm}: what happens when its proxy cannot serve
   * @param rank {@code sr}: which of its choices is its home, 1 for the first; sessions of one name
   *     and different ranks have different homes
   */
  public record Session(String name, OptionalInt minutes, Mode mode, int rank) {
    /** The highest rank. */
    public static final int MOST = 64;

    /** The first choice is its home. */
    public Session(String name, OptionalInt minutes, Mode mode) {
      this(name, minutes, mode, 1);
    }
  }

  /** What happens when the proxy of a session cannot serve. */
  public enum Mode {
    /** Another does. */
    SOFT,
    /** Another does if it is down, none if the target has shut it out. */
    FIRM,
    /** None does. */
    HARD
  }

  /**
   * What happened to an earlier tunnel.
   *
   * @param id the client's name for it
   * @param status the target's HTTP status
   * @param retryAfter for how long the target wants to be left alone
   */
  public record Feedback(String id, int status, Optional<Duration> retryAfter) {}

  /** A request of a type, with nothing else said. */
  public static Payload of(String type) {
    return PayloadParser.parse(type);
  }

  /**
   * Reads a payload.
   *
   * @throws PayloadException in one line, if it is not one; unknown keys are refused, not ignored
   */
  public static Payload parse(String text) {
    return PayloadParser.parse(text);
  }

  /** The same, but not by the proxy. */
  public Payload without(String proxy) {
    var more = new HashSet<>(excluded);
    more.add(proxy);
    return new Payload(
        type, session, cost, groups, tags, more, id, budget, priority, feedback, labels);
  }

  /** Written as it is read; what was left out is left out. */
  @Override
  public String toString() {
    var out = new StringBuilder(type);
    parameters().forEach((key, value) -> out.append(',').append(key).append('=').append(value));
    return out.toString();
  }

  private Map<String, String> parameters() {
    var all = new LinkedHashMap<String, String>();
    session.ifPresent(
        s -> {
          all.put("s", PayloadParser.encode(s.name()));
          s.minutes().ifPresent(m -> all.put("st", Integer.toString(m)));
          if (s.mode() != Mode.SOFT) all.put("sm", s.mode().name().toLowerCase(Locale.ROOT));
          if (s.rank() > 1) all.put("sr", Integer.toString(s.rank()));
        });
    if (cost != 1) all.put("w", Long.toString(cost));
    if (!groups.isEmpty()) all.put("g", PayloadParser.encode(groups));
    if (!tags.isEmpty()) all.put("tag", PayloadParser.encode(tags));
    if (!excluded.isEmpty()) all.put("x", PayloadParser.encode(excluded));
    id.ifPresent(value -> all.put("id", PayloadParser.encode(value)));
    budget.ifPresent(value -> all.put("t", Long.toString(value.toMillis())));
    if (priority != ORDINARY) all.put("pr", Integer.toString(priority));
    feedback.ifPresent(
        f ->
            all.put(
                "fb",
                PayloadParser.encode(
                    f.id()
                        + ":"
                        + f.status()
                        + f.retryAfter().map(r -> ":" + r.toSeconds()).orElse(""))));
    labels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(label -> all.put(label.getKey(), PayloadParser.encode(label.getValue())));
    return all;
  }
}
