package io.tradeflood.net;

import io.tradeflood.net.TapeEntry.Kind;
import io.tradeflood.turn.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the entries of a tape are written, and read. Secrets are left out. */
final class TapeText {
  private static final Pattern QUERY = Pattern.compile("([?&])([^=&]*)=([^&]*)");
  private static final Set<String> HIDDEN =
      Set.of("set-cookie", "cookie", "authorization", "proxy-authorization");

  private TapeText() {}

  static long nanos(Instant moment) {
    return moment.getEpochSecond() * 1_000_000_000L + moment.getNano();
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }

  /** A URL, or the end of one, what is secret in its query left out. */
  static String masked(String url) {
    return withValues(url, (name, value) -> UrlText.isSecret(name) ? "***" : value);
  }

  /** The same with other values in its query. */
  static String withValues(String url, BinaryOperator<String> change) {
    return QUERY
        .matcher(url)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1)
                        + found.group(2)
                        + "="
                        + change.apply(found.group(2), found.group(3))));
  }

  /** The request in a line. */
  static String line(WireRequest request) {
    return "GET " + request.address() + masked(request.target());
  }

  static String firstLine(TapeEntry entry) {
    return entry.text().lines().findFirst().orElse("");
  }

  /** Whose connection is opened: its connector and its group, a line each. */
  static String dialed(TapeEntry entry) {
    String[] lines = entry.text().split("\n", 3);
    return lines[0] + "\n" + (lines.length > 1 ? lines[1] : "");
  }

  // How a connection ended.

  static String end(Failure why, boolean lasting) {
    var fields =
        switch (why) {
          case Failure.Refused refused ->
              List.of("refused", refused.code(), Integer.toString(refused.status()));
          case Failure.Limited limited ->
              List.of(
                  "limited",
                  Long.toString(nanos(limited.until())),
                  Boolean.toString(limited.isBan()));
          case Failure.Unreachable unreachable ->
              List.of("unreachable", unreachable.phase(), unreachable.route());
          case Failure.Unreadable _ -> List.of("unreadable", "", "");
          case Failure.Unsupported _, Failure.Late _, Failure.Cancelled _, Failure.Bug _ ->
              List.of("bug", "", "");
        };
    return String.join("\n", fields) + "\n" + lasting + "\n" + why.getMessage();
  }

  /** How a connection ended. */
  record End(Failure why, boolean lasting) {}

  static End end(TapeEntry entry) {
    String[] lines = entry.text().split("\n", 5);
    if (lines.length < 5) throw new IllegalStateException("An entry of the tape is too short");
    String words = lines[4];
    Failure why =
        switch (lines[0]) {
          case "refused" -> new Failure.Refused(words, lines[1], Integer.parseInt(lines[2]));
          case "limited" ->
              new Failure.Limited(
                  words, instant(Long.parseLong(lines[1])), Boolean.parseBoolean(lines[2]));
          case "unreachable" -> new Failure.Unreachable(words, lines[1], lines[2]);
          case "unreadable" -> new Failure.Unreadable(words);
          default -> new Failure.Bug(words);
        };
    return new End(why, Boolean.parseBoolean(lines[3]));
  }

  // How a request ended.

  static TapeEntry reply(WireRequest request, WireReply got) {
    var reply = got.reply();
    var head = new StringBuilder(line(request)).append('\n');
    head.append(
        "%d %d %d %d %d %d %b\n"
            .formatted(
                reply.status(),
                nanos(reply.sent()),
                nanos(reply.received()),
                got.connected().toNanos(),
                got.waited().toNanos(),
                got.received().toNanos(),
                got.shared()));
    reply.headers().entrySet().stream()
        .filter(header -> !HIDDEN.contains(header.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            header ->
                header
                    .getValue()
                    .forEach(
                        value ->
                            head.append(header.getKey()).append(": ").append(value).append('\n')));
    var body = new ByteArrayOutputStream();
    body.writeBytes(head.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    body.writeBytes(reply.body());
    return new TapeEntry(Kind.REPLY, 0, nanos(reply.received()), body.toByteArray());
  }

  /**
   * @param now the moment at which it is played, by the timeline
   */
  static WireReply reply(TapeEntry entry, long now) {
    byte[] all = entry.body();
    int end = 0;
    while (end + 1 < all.length && !(all[end] == '\n' && all[end + 1] == '\n')) end++;
    var lines = new String(all, 0, end, StandardCharsets.UTF_8).split("\n");
    String[] numbers = lines[1].split(" ");
    var headers = new HashMap<String, List<String>>();
    for (int i = 2; i < lines.length; i++) {
      int colon = lines[i].indexOf(": ");
      headers
          .computeIfAbsent(lines[i].substring(0, colon), _ -> new ArrayList<>(1))
          .add(lines[i].substring(colon + 2));
    }
    headers.replaceAll((_, values) -> List.copyOf(values));
    return new WireReply(
        new HttpReply(
            Integer.parseInt(numbers[0]),
            Map.copyOf(headers),
            Arrays.copyOfRange(all, Math.min(all.length, end + 2), all.length),
            instant(Long.parseLong(numbers[1])),
            instant(Long.parseLong(numbers[2]))),
        now,
        now,
        Duration.ofNanos(Long.parseLong(numbers[3])),
        Duration.ofNanos(Long.parseLong(numbers[4])),
        Duration.ofNanos(Long.parseLong(numbers[5])),
        Boolean.parseBoolean(numbers[6]));
  }

  static TapeEntry fault(WireRequest request, WireFailure failure, Instant when) {
    return TapeEntry.of(
        Kind.FAULT,
        0,
        nanos(when),
        line(request)
            + "\n"
            + failure.phase().name()
            + "\n"
            + failure.kind().name()
            + "\n"
            + failure.happened());
  }

  static WireFailure fault(TapeEntry entry) {
    String[] lines = entry.text().split("\n", 4);
    return new WireFailure(
        Phase.valueOf(lines[1]), WireFailure.Kind.valueOf(lines[2]), lines[3], null);
  }
}
