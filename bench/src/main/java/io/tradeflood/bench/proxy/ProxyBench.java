package io.tradeflood.bench.proxy;

import io.tradeflood.bench.Bench;
import io.tradeflood.bench.BenchOptions;
import io.tradeflood.bench.Report;
import io.tradeflood.bench.Samples;
import io.tradeflood.bench.proxy.Figures.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Tunnels through Proxyter and its peers: client, proxy, one of four upstream proxies, target.
 * Clients on the one side, upstream proxies and target on the other are a process each, with one
 * thread; the sides take turns in each round, so that a ratio compares neighbours in time.
 */
public final class ProxyBench implements Bench {
  private static final int CLIENTS = 64;
  private static final int PACED_PER_SECOND = 2_000;
  private static final int IDLE = 5_000;

  /** Two descriptors each, and the common limit of a process is 20,000. */
  private static final int MANY = 9_900;

  /** Who comes beside them must fit under the same limit, with what a JVM has open itself. */
  private static final int BESIDE = 16;

  /** Set-ups between two looks, and so many at least and at most, before a JIT has settled. */
  private static final int WARMING = 20_000;

  private static final int LEAST_WARMING = 60_000;
  private static final int MOST_WARMING = 160_000;
  private static final double SETTLED = 0.97;

  private static final String LOAD = "load";
  private static final String IDLE_TUNNELS = "idle";
  private static final String FAULTS = "faults";

  /** How often, in a round, latency is measured with and without the proxy. */
  private static final int TURNS = 3;

  private final Map<Side, Figures> figures = new EnumMap<>(Side.class);
  private final Figures straight = new Figures();

  @Override
  public List<String> cases() {
    return List.of(LOAD, IDLE_TUNNELS, FAULTS);
  }

  @Override
  public Report run(BenchOptions options) throws IOException, InterruptedException {
    var report = new Report("bench proxy: client, proxy, one of four upstream proxies, target");
    var sides = new ArrayList<Side>();
    for (Side side : Side.values()) {
      Optional<String> missing = side.missing(options.peers());
      if (missing.isEmpty()) sides.add(side);
      else report.word("Left out: " + missing.get() + ".");
    }
    try (var stand = Companion.start(Stand.class);
        var load = Companion.start(Load.class)) {
      var upstreams = Arrays.stream(stand.ask("ports")).map(Integer::valueOf).toList();
      var at = new Site(stand, load, new Side.Ground(upstreams, options.peers()), options);
      at.warmDirect();
      if (options.wants(LOAD)) carry(at, sides, report);
      if (options.wants(IDLE_TUNNELS)) {
        for (Side side : sides) if (side != Side.TINYPROXY) idle(at, side, report);
        compareIdle(sides, report);
        many(at, report);
      }
      if (options.wants(FAULTS))
        for (Fault fault : Fault.values())
          if (fault != Fault.NONE) faults(at, fault, sides, report);
    }
    report.word(
        "Medians of %d rounds; a ratio is the median of each round's own, Proxyter over the other."
            .formatted(options.rounds()));
    report.word(
        "Everything of Proxyter is on: credentials, limits of every scope, watcher, events.");
    return report;
  }

  /** Where all of it happens. */
  private record Site(Companion stand, Companion load, Side.Ground ground, BenchOptions options) {
    double seconds(double common) {
      return options.quick() ? 0.3 : common;
    }

    /** What the clients saw, of something that lasts. */
    Seen go(String what, ProxyProcess proxy, String rest) throws IOException, InterruptedException {
      return Seen.of(
          load.ask("%s %d %s %d %s".formatted(what, proxy.port(), Side.WHO, Stand.TARGET, rest)));
    }

    /** The clients and the ground themselves, until they are compiled. */
    void warmDirect() throws IOException, InterruptedException {
      Seen.of(load.ask(direct("setups", "64 %d 20".formatted(options.quick() ? 500 : 30_000))));
      Seen.of(load.ask(direct("asks", "64 " + seconds(3))));
    }

    String direct(String what, String rest) {
      return "%s %d %s:%s %d %s"
          .formatted(
              what,
              ground.upstreams().getFirst(),
              Stand.UPSTREAM_USER,
              Stand.UPSTREAM_SECRET,
              Stand.TARGET,
              rest);
    }

    /**
     * What is compiled while it runs is measured when that is over: when its processor time of a
     * set-up does not fall any more.
     */
    void warm(Side side, ProxyProcess proxy) throws IOException, InterruptedException {
      if (options.quick() || side.isCompiledAhead()) {
        go("setups", proxy, "%d %d 60".formatted(CLIENTS, options.quick() ? 500 : 5_000));
        return;
      }
      double least = Double.MAX_VALUE;
      for (int done = 0; done < MOST_WARMING; done += WARMING) {
        double before = proxy.cpuSeconds();
        go("setups", proxy, "%d %d 60".formatted(CLIENTS, WARMING));
        double took = proxy.cpuSeconds() - before;
        if (done + WARMING >= LEAST_WARMING && took > SETTLED * least) return;
        least = Math.min(least, took);
      }
    }

    /** What is compiled once more, after it was warm. */
    void warmBriefly(Side side, ProxyProcess proxy) throws IOException, InterruptedException {
      if (!options.quick() && !side.isCompiledAhead())
        go("setups", proxy, "%d %d 20".formatted(CLIENTS, WARMING));
    }
  }

  /** An answer of {@link Load}. */
  private record Seen(
      long done, long failed, long bytes, double seconds, double p50, double p99, String reasons) {
    static Seen of(String[] words) {
      return new Seen(
          Long.parseLong(words[0]),
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Double.parseDouble(words[3]),
          Double.parseDouble(words[4]),
          Double.parseDouble(words[5]),
          words[6]);
    }

    double perSecond() {
      return done / seconds;
    }

    double megabytesPerSecond() {
      return bytes / 1e6 / seconds;
    }
  }

  private void carry(Site at, List<Side> sides, Report report)
      throws IOException, InterruptedException {
    for (int round = 0; round < at.options().rounds(); round++)
      for (Side side : sides) measure(at, side, round, report);
    if (sides.contains(Side.HAPROXY)) compareHaproxy(at.options().rounds(), report);
    if (sides.contains(Side.PROXY_CHAIN)) compareProxyChain(report);
    if (sides.contains(Side.TINYPROXY)) compareTinyproxy(report);
  }

  private void measure(Site at, Side side, int round, Report report)
      throws IOException, InterruptedException {
    Figures own = of(side);
    try (ProxyProcess proxy = side.start(at.ground())) {
      at.warm(side, proxy);
      double before = proxy.cpuSeconds();
      Seen setups = at.go("setups", proxy, "%d 1000000000 %s".formatted(CLIENTS, at.seconds(5)));
      double cpu = proxy.cpuSeconds() - before;
      own.of(Kind.SETUPS_PER_SECOND).add(setups.perSecond());
      own.of(Kind.MICROS_PER_SETUP).add(cpu * 1e6 / setups.done());
      // Both warm up once more for what they have not done yet.
      at.go("asks", proxy, "%d %s".formatted(CLIENTS, at.seconds(2)));
      Seen asks = at.go("asks", proxy, "%d %s".formatted(CLIENTS, at.seconds(4)));
      own.of(Kind.ASKS_PER_SECOND).add(asks.perSecond());
      String paced = "%d %d %s".formatted(CLIENTS, PACED_PER_SECOND, at.seconds(2));
      long late = 0;
      for (int turn = 0; turn < TURNS; turn++) {
        Seen none = Seen.of(at.load().ask(at.direct("paced", paced)));
        straight.of(Kind.P50_MICROS).add(none.p50());
        straight.of(Kind.P99_MICROS).add(none.p99());
        Seen through = at.go("paced", proxy, paced);
        own.of(Kind.P50_MICROS).add(through.p50());
        own.of(Kind.P99_MICROS).add(through.p99());
        late += through.failed();
      }
      at.go("bulk", proxy, "8 " + at.seconds(1.5));
      own.of(Kind.MEGABYTES_ONE)
          .add(at.go("bulk", proxy, "1 " + at.seconds(3)).megabytesPerSecond());
      own.of(Kind.MEGABYTES_EIGHT)
          .add(at.go("bulk", proxy, "8 " + at.seconds(3)).megabytesPerSecond());
      long failed = setups.failed() + asks.failed() + late;
      if (failed > 0 && side == Side.PROXYTER)
        report.broke(
            "%d clients of Proxyter failed in round %d with every upstream proxy healthy: %s %s"
                .formatted(failed, round + 1, setups.reasons(), asks.reasons()));
    }
  }

  private void idle(Site at, Side side, Report report) throws IOException, InterruptedException {
    for (int round = 0; round < Math.min(3, at.options().rounds()); round++)
      try (ProxyProcess proxy = side.start(at.ground())) {
        at.go("setups", proxy, "%d %d 20".formatted(CLIENTS, at.options().quick() ? 200 : 5_000));
        long before = settled(proxy);
        int wanted = at.options().quick() ? 100 : IDLE;
        Seen opened = hold(at, proxy, wanted);
        if (opened.done() == wanted)
          of(side).of(Kind.KIB_PER_IDLE_TUNNEL).add((settled(proxy) - before) / 1_024.0 / wanted);
        else
          report.word(
              "%s opened only %d of %d idle tunnels: %s."
                  .formatted(side, opened.done(), wanted, opened.reasons()));
        at.load().ask("release");
      }
  }

  private static Seen hold(Site at, ProxyProcess proxy, int count)
      throws IOException, InterruptedException {
    return at.go("idle", proxy, Integer.toString(count));
  }

  /** Resident memory once it does not change any more. */
  private static long settled(ProxyProcess proxy) throws IOException, InterruptedException {
    long last = proxy.residentBytes();
    for (int same = 0, looks = 0; same < 3 && looks < 50; looks++) {
      Thread.sleep(200);
      long now = proxy.residentBytes();
      same = Math.abs(now - last) < 1 << 17 ? same + 1 : 0;
      last = now;
    }
    return last;
  }

  private static void many(Site at, Report report) throws IOException, InterruptedException {
    int wanted = at.options().quick() ? 200 : MANY;
    try (ProxyProcess proxy = Side.PROXYTER.start(at.ground())) {
      at.go("setups", proxy, "%d %d 20".formatted(CLIENTS, at.options().quick() ? 200 : 5_000));
      Seen opened = hold(at, proxy, wanted);
      Seen beside = at.go("setups", proxy, "%d 2000 10".formatted(BESIDE));
      report.line(
          "tunnels open at once",
          "%,d".formatted(opened.done()),
          "",
          "",
          ">= %,d".formatted(wanted),
          opened.done() == wanted && opened.failed() == 0 && beside.failed() == 0);
      at.load().ask("release");
    }
  }

  private void faults(Site at, Fault fault, List<Side> sides, Report report)
      throws IOException, InterruptedException {
    String what = "one of four " + fault.words();
    Faulty ours = faulty(at, Side.PROXYTER, fault);
    Optional<Faulty> theirs =
        sides.contains(Side.HAPROXY)
            ? Optional.of(faulty(at, Side.HAPROXY, fault))
            : Optional.empty();
    report.line(
        what + ", of its own rate",
        Report.ratio(ours.share()),
        theirs.map(t -> Report.ratio(t.share())).orElse(""),
        "",
        ">= 0.90",
        ours.share() >= 0.9);
    report.line(
        what + ", failed clients",
        Long.toString(ours.failed()),
        theirs.map(t -> "%d of %d".formatted(t.failed(), t.asked())).orElse(""),
        "",
        "0",
        ours.failed() == 0);
    if (ours.failed() > 0) report.word("%s: %s.".formatted(what, ours.reasons()));
  }

  /** How a side did with a fault, in parts of how it did without. */
  private record Faulty(double share, long asked, long failed, String reasons) {}

  private static Faulty faulty(Site at, Side side, Fault fault)
      throws IOException, InterruptedException {
    String rest = "%d 1000000000 %s";
    int last = at.ground().upstreams().size() - 1;
    try (ProxyProcess proxy = side.start(at.ground())) {
      at.warm(side, proxy);
      // What only a fault needs is compiled by one.
      at.stand().ask("fault %d %s".formatted(last, fault));
      at.warmBriefly(side, proxy);
      at.stand().ask("fault %d %s".formatted(last, Fault.NONE));
      at.warmBriefly(side, proxy);
      Seen before = at.go("setups", proxy, rest.formatted(CLIENTS, at.seconds(4)));
      at.stand().ask("fault %d %s".formatted(last, fault));
      Seen during = at.go("setups", proxy, rest.formatted(CLIENTS, at.seconds(6)));
      return new Faulty(
          during.perSecond() / before.perSecond(),
          during.done() + during.failed(),
          during.failed(),
          during.reasons());
    } finally {
      at.stand().ask("fault %d %s".formatted(last, Fault.NONE));
    }
  }

  private void compareHaproxy(int rounds, Report report) {
    more(Kind.SETUPS_PER_SECOND, "tunnel set-ups a second", Side.HAPROXY, 0.85, report);
    less(Kind.MICROS_PER_SETUP, "processor time of a set-up, µs", Side.HAPROXY, 1.5, report);
    more(Kind.ASKS_PER_SECOND, "keep-alive requests a second", Side.HAPROXY, 0.95, report);
    more(Kind.MEGABYTES_ONE, "MB/s, one tunnel", Side.HAPROXY, 1.0, report);
    more(Kind.MEGABYTES_EIGHT, "MB/s, eight tunnels", Side.HAPROXY, 1.0, report);
    double median = added(Kind.P50_MICROS, Side.HAPROXY);
    report.line(
        "added latency p50 at 2,000/s, µs, HAProxy",
        number(added(Kind.P50_MICROS, Side.PROXYTER)),
        number(median),
        Report.ratio(added(Kind.P50_MICROS, Side.PROXYTER) / median));
    double late = added(Kind.P99_MICROS, Side.HAPROXY);
    double ours = added(Kind.P99_MICROS, Side.PROXYTER);
    report.line(
        "added latency p99 at 2,000/s, µs, HAProxy",
        number(ours),
        number(late),
        Report.ratio(ours / late),
        "<= 1.50",
        ours <= 1.5 * late);
    report.word(
        "Latency: medians of %d turns; without a proxy p50 is %s µs, p99 %s µs; what is added is the difference."
            .formatted(
                TURNS * rounds,
                number(straight.of(Kind.P50_MICROS).median()),
                number(straight.of(Kind.P99_MICROS).median())));
  }

  private void compareIdle(List<Side> sides, Report report) {
    Samples ours = of(Side.PROXYTER).of(Kind.KIB_PER_IDLE_TUNNEL);
    for (Side side : sides)
      if (side != Side.PROXYTER && of(side).has(Kind.KIB_PER_IDLE_TUNNEL))
        plain(Kind.KIB_PER_IDLE_TUNNEL, "KiB for an idle tunnel", side, report);
    report.line(
        "KiB for an idle tunnel", number(ours.median()), "", "", "<= 4.5", ours.median() <= 4.5);
  }

  private void compareProxyChain(Report report) {
    more(Kind.SETUPS_PER_SECOND, "tunnel set-ups a second", Side.PROXY_CHAIN, 2.0, report);
    less(Kind.MICROS_PER_SETUP, "processor time of a set-up, µs", Side.PROXY_CHAIN, 0.5, report);
    plain(Kind.ASKS_PER_SECOND, "keep-alive requests a second", Side.PROXY_CHAIN, report);
    plain(Kind.MEGABYTES_EIGHT, "MB/s, eight tunnels", Side.PROXY_CHAIN, report);
  }

  private void compareTinyproxy(Report report) {
    plain(Kind.SETUPS_PER_SECOND, "tunnel set-ups a second", Side.TINYPROXY, report);
    plain(Kind.MICROS_PER_SETUP, "processor time of a set-up, µs", Side.TINYPROXY, report);
    plain(Kind.ASKS_PER_SECOND, "keep-alive requests a second", Side.TINYPROXY, report);
    plain(Kind.MEGABYTES_EIGHT, "MB/s, eight tunnels", Side.TINYPROXY, report);
  }

  /**
   * What a side adds to a latency, in microseconds: by medians of all turns, since one stall of the
   * machine is longer than what a proxy adds.
   */
  private double added(Kind kind, Side side) {
    return Math.max(1, of(side).of(kind).median() - straight.of(kind).median());
  }

  private void more(Kind kind, String what, Side other, double least, Report report) {
    double ratio = ratio(kind, other);
    report.line(
        what + ", " + other,
        ours(kind),
        theirs(kind, other),
        Report.ratio(ratio),
        ">= " + Report.ratio(least),
        ratio >= least);
  }

  private void less(Kind kind, String what, Side other, double most, Report report) {
    double ratio = ratio(kind, other);
    report.line(
        what + ", " + other,
        ours(kind),
        theirs(kind, other),
        Report.ratio(ratio),
        "<= " + Report.ratio(most),
        ratio <= most);
  }

  private void plain(Kind kind, String what, Side other, Report report) {
    if (of(other).has(kind))
      report.line(
          what + ", " + other, ours(kind), theirs(kind, other), Report.ratio(ratio(kind, other)));
  }

  private double ratio(Kind kind, Side other) {
    return of(Side.PROXYTER).of(kind).ratioTo(of(other).of(kind));
  }

  private Figures of(Side side) {
    return figures.computeIfAbsent(side, _ -> new Figures());
  }

  private String ours(Kind kind) {
    return number(of(Side.PROXYTER).of(kind).median());
  }

  private String theirs(Kind kind, Side other) {
    return number(of(other).of(kind).median());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
  }
}
