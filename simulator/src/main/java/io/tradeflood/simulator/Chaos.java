package io.tradeflood.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What goes wrong, how often and where. Rules apply in their order; each decides by itself, from
 * the seed and the number of requests it has seen.
 *
 * <p>As text a rule is {@code fault[=value][@when][/path]}, and rules are apart by blanks, line
 * ends or semicolons:
 *
 * <pre>
 * latency=50ms              every answer waits 50 ms
 * latency=50ms+20ms         and up to 20 ms more
 * error=503@0.1             one answer in ten, by chance, is a 503
 * error=400:-1121/api/v3    with this code; only below /api/v3
 * truncate@every7           every seventh body breaks off
 * brokenjson emptylist slow=2000 reset mute=30s garbage
 * oldsnapshot=5s@0.2        one order book in five is 5 s old
 * </pre>
 *
 * <p>On streams, whose paths are like {@code /binance/spot/btcusdt@depth@100ms}, {@code
 * /binance/usdm/btcusdt@aggTrade} or {@code /bitget/SPOT/books/BTCUSDT}:
 *
 * <pre>
 * drop@0.01 repeat@0.01 reorder@0.01   messages
 * stall=30s@every10s/binance           a connection that says nothing for 30 s, every 10 s one
 * cut@every1000                        in the middle of every thousandth message
 * refuse/binance/spot/xrpusdt          no stream whose name begins so is given
 * disconnect=5s+3s lifetime=60s        connections that are so old
 * wrongchecksum@0.01
 * </pre>
 *
 * @param seed chance
 * @param rules none means that all is well
 */
public record Chaos(long seed, List<Rule> rules) {
  /** All is well. */
  public static final Chaos NONE = new Chaos(0, List.of());

  private static final Pattern RULE =
      Pattern.compile("([a-z]+)(?:=([^@/\\s]+))?(?:@([^/\\s]+))?(/\\S*)?");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s)");

  public Chaos {
    rules = List.copyOf(rules);
  }

  /**
   * One thing that goes wrong.
   *
   * @param path the beginning of the paths concerned; empty for all
   */
  public record Rule(Fault fault, When when, String path) {
    @Override
    public String toString() {
      return fault.text() + when.text() + path;
    }
  }

  /** What goes wrong. */
  public sealed interface Fault
      permits Fault.Latency,
          Fault.Error,
          Fault.Truncate,
          Fault.BrokenJson,
          Fault.EmptyList,
          Fault.Slow,
          Fault.Reset,
          Fault.Mute,
          Fault.Garbage,
          Fault.OldSnapshot,
          StreamFault {
    /** As it is written in a rule. */
    String text();

    /** The word before the value. */
    default String name() {
      return text().split("=", 2)[0];
    }

    /** The answer waits, a fixed time and by chance up to {@code jitter} more. */
    record Latency(Duration time, Duration jitter) implements Fault {
      @Override
      public String text() {
        String more = jitter.isZero() ? "" : "+" + jitter.toMillis() + "ms";
        return "latency=" + time.toMillis() + "ms" + more;
      }
    }

    /** An error of the exchange instead of the answer; without a code a common one. */
    record Error(int status, String code) implements Fault {
      public Error {
        if (status < 400 || status > 599) {
          throw new IllegalArgumentException(
              "An error has a status from 400 to 599, was " + status);
        }
      }

      @Override
      public String text() {
        return "error=" + status + (code.isEmpty() ? "" : ":" + code);
      }
    }

    /** The body breaks off and the connection closes before its promised end. */
    record Truncate() implements Fault {
      @Override
      public String text() {
        return "truncate";
      }
    }

    /** The body is whole as HTTP goes but ends in the middle as JSON goes. */
    record BrokenJson() implements Fault {
      @Override
      public String text() {
        return "brokenjson";
      }
    }

    /** A list that has rows comes empty. */
    record EmptyList() implements Fault {
      @Override
      public String text() {
        return "emptylist";
      }
    }

    /** The body drips. */
    record Slow(int bytesPerSecond) implements Fault {
      public Slow {
        if (bytesPerSecond < 1) {
          throw new IllegalArgumentException("slow=BYTES needs at least 1 byte per second");
        }
      }

      @Override
      public String text() {
        return "slow=" + bytesPerSecond;
      }
    }

    /** The connection is reset in the middle of the answer. */
    record Reset() implements Fault {
      @Override
      public String text() {
        return "reset";
      }
    }

    /** No answer comes; after so long the connection closes. */
    record Mute(Duration time) implements Fault {
      @Override
      public String text() {
        return "mute=" + time.toMillis() + "ms";
      }
    }

    /** An order book is as it was so long ago, and says so. */
    record OldSnapshot(Duration age) implements Fault {
      @Override
      public String text() {
        return "oldsnapshot=" + age.toMillis() + "ms";
      }
    }

    /** Bytes come that are not HTTP. */
    record Garbage() implements Fault {
      @Override
      public String text() {
        return "garbage";
      }
    }
  }

  /** How often. */
  public sealed interface When {
    /** As it is written in a rule. */
    String text();

    /** Each time. */
    record Always() implements When {
      @Override
      public String text() {
        return "";
      }
    }

    /** By chance, from 0 to 1. */
    record Chance(double probability) implements When {
      public Chance {
        if (!(probability >= 0 && probability <= 1)) {
          throw new IllegalArgumentException("A chance lies from 0 to 1, was " + probability);
        }
      }

      @Override
      public String text() {
        return "@" + probability;
      }
    }

    /** The n-th, the 2n-th and so on. */
    record Every(int n) implements When {
      public Every {
        if (n < 1) {
          throw new IllegalArgumentException("@everyN needs a number from 1 on, was " + n);
        }
      }

      @Override
      public String text() {
        return "@every" + n;
      }
    }

    /** At the first occasion after each such time. */
    record Timed(Duration every) implements When {
      @Override
      public String text() {
        return "@every" + every.toMillis() + "ms";
      }
    }
  }

  /** This and one more rule. */
  public Chaos with(Fault fault, When when, String path) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(new Rule(fault, when, path));
    return new Chaos(seed, more);
  }

  /** This and a fault that concerns every answer. */
  public Chaos with(Fault fault) {
    return with(fault, new When.Always(), "");
  }

  /** The same rules with other chances. */
  public Chaos withSeed(long other) {
    return new Chaos(other, rules);
  }

  /** The rules as text, one a line. */
  public String text() {
    return rules.stream().map(Rule::toString).collect(Collectors.joining("\n"));
  }

  /** Reads rules written as text. */
  public static Chaos parse(String text) {
    List<Rule> rules = new ArrayList<>();
    for (String word : text.split("[;\\s]+", -1)) {
      if (!word.isEmpty()) {
        rules.add(rule(word));
      }
    }
    return new Chaos(0, rules);
  }

  private static Rule rule(String word) {
    Matcher parts = RULE.matcher(word);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "A rule is fault[=value][@when][/path], was " + word + "; for example error=503@0.1/api");
    }
    String value = parts.group(2) == null ? "" : parts.group(2);
    String when = parts.group(3) == null ? "" : parts.group(3);
    String path = parts.group(4) == null ? "" : parts.group(4);
    try {
      return new Rule(fault(parts.group(1), value), when(when), path);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("A number in the rule cannot be read: " + word, e);
    }
  }

  private static Fault fault(String name, String value) {
    return switch (name) {
      case "latency" -> {
        String[] parts = value.split("\\+", 2);
        yield new Fault.Latency(
            duration(parts[0]), parts.length > 1 ? duration(parts[1]) : Duration.ZERO);
      }
      case "error" -> {
        String[] parts = value.split(":", 2);
        yield new Fault.Error(Integer.parseInt(parts[0]), parts.length > 1 ? parts[1] : "");
      }
      case "truncate" -> new Fault.Truncate();
      case "brokenjson" -> new Fault.BrokenJson();
      case "emptylist" -> new Fault.EmptyList();
      case "slow" -> new Fault.Slow(Integer.parseInt(value));
      case "reset" -> new Fault.Reset();
      case "mute" -> new Fault.Mute(value.isEmpty() ? Duration.ofSeconds(60) : duration(value));
      case "garbage" -> new Fault.Garbage();
      case "oldsnapshot" ->
          new Fault.OldSnapshot(value.isEmpty() ? Duration.ofSeconds(5) : duration(value));
      default -> streamFault(name, value);
    };
  }

  private static Fault streamFault(String name, String value) {
    return switch (name) {
      case "drop" -> new StreamFault.Drop();
      case "repeat" -> new StreamFault.Repeat();
      case "reorder" -> new StreamFault.Reorder();
      case "stall" ->
          new StreamFault.Stall(value.isEmpty() ? Duration.ofHours(24) : duration(value));
      case "cut" -> new StreamFault.Cut();
      case "refuse" -> new StreamFault.Refuse();
      case "disconnect" -> {
        String[] parts = value.split("\\+", 2);
        yield new StreamFault.Disconnect(
            duration(parts[0]), parts.length > 1 ? duration(parts[1]) : Duration.ZERO);
      }
      case "lifetime" -> new StreamFault.Lifetime(duration(value));
      case "wrongchecksum" -> new StreamFault.WrongChecksum();
      default ->
          throw new IllegalArgumentException(
              "A fault is latency, error, truncate, brokenjson, emptylist, slow, reset, mute,"
                  + " garbage or oldsnapshot, of streams drop, repeat, reorder, stall, cut, refuse,"
                  + " disconnect, lifetime or wrongchecksum, was "
                  + name);
    };
  }

  private static When when(String text) {
    if (text.isEmpty()) {
      return new When.Always();
    }
    if (!text.startsWith("every")) {
      return new When.Chance(Double.parseDouble(text));
    }
    String often = text.substring("every".length());
    return often.endsWith("s")
        ? new When.Timed(duration(often))
        : new When.Every(Integer.parseInt(often));
  }

  private static Duration duration(String text) {
    Matcher parts = DURATION.matcher(text.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new IllegalArgumentException("A time is written like 50ms or 2s, was " + text);
    }
    long number = Long.parseLong(parts.group(1));
    return parts.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
  }
}
