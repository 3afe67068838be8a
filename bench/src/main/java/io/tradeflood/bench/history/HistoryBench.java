package io.tradeflood.bench.history;

import io.tradeflood.bench.Bench;
import io.tradeflood.bench.BenchOptions;
import io.tradeflood.bench.Child;
import io.tradeflood.bench.Report;
import io.tradeflood.bench.Samples;
import io.tradeflood.bench.history.SimulatedExchanges.Counts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads histories of minutes from simulated exchanges that answer after 50 ms: a year without the
 * exchanges' limits beside ccxt and XChange, twenty readers of the same at once, and with the
 * limits on as long as it takes to fill two minutes of the exchanges' own. Everybody has a process
 * of its own.
 */
public final class HistoryBench implements Bench {
  private static final String YEAR = "year";
  private static final String READERS_CASE = "readers";
  private static final String LIMITS = "limits";

  private static final int READERS = 20;
  private static final int FULL_MINUTES = 2;

  /** More of them would come near to the limit of a minute, which we keep anyway. */
  private static final int MOST_TIMES = 5;

  private static final double WEIGHT_TARGET = 0.95;
  private static final double SPEED_TARGET = 10;

  /**
   * How much of everything.
   *
   * @param seconds how long it goes on with the limits on; 0 for {@link #FULL_MINUTES}
   * @param limited whose limits
   */
  private record Extent(
      Duration latency, Span year, Span readers, Span endless, int seconds, List<Venue> limited) {
    static final Extent MEANT =
        new Extent(
            Duration.ofMillis(50),
            Span.between("2025-01-01", "2026-01-01"),
            Span.between("2025-01-01", "2025-04-01"),
            Span.between("2021-01-01", "2026-01-01"),
            0,
            List.of(Venue.values()));
    static final Extent QUICK =
        new Extent(
            Duration.ofMillis(5),
            Span.between("2025-01-01", "2025-01-04"),
            Span.between("2025-01-01", "2025-01-03"),
            Span.between("2024-01-01", "2026-01-01"),
            4,
            List.of(Venue.BITGET_SPOT));
  }

  @Override
  public List<String> cases() {
    return List.of(YEAR, READERS_CASE, LIMITS);
  }

  @Override
  public Report run(BenchOptions options) throws IOException, InterruptedException {
    return new Run(options, options.quick() ? Extent.QUICK : Extent.MEANT).report();
  }

  /** One run and its report. */
  private static final class Run {
    private final BenchOptions options;
    private final Extent extent;
    private final Report report = new Report("bench history: minutes from simulated exchanges");

    Run(BenchOptions options, Extent extent) {
      this.options = options;
      this.extent = extent;
    }

    Report report() throws IOException, InterruptedException {
      try (var exchanges = SimulatedExchanges.start(extent.latency(), false)) {
        if (options.wants(YEAR)) keeping(YEAR, () -> year(exchanges));
        if (options.wants(READERS_CASE)) keeping(READERS_CASE, () -> readers(exchanges));
      }
      if (options.wants(LIMITS)) keeping(LIMITS, this::limited);
      if (options.whole())
        try (var exchanges = SimulatedExchanges.start(extent.latency(), true)) {
          for (var venue : Venue.values()) limitedYear(exchanges, venue);
        }
      report.word(
          "Every answer takes %d ms or more. Seconds run from the first request to the last row, without the start of the process and the list of markets; processor seconds are the client's own.",
          extent.latency().toMillis());
      if (options.peers().isEmpty())
        report.word("ccxt is left out: run npm ci in peers/ to compare with it.");
      if (!options.whole() && options.wants(LIMITS))
        report.word(
            "With the limits on only we are measured, until two minutes of the exchanges' are full; --whole adds a year of each market, for the peers as well (20 minutes).");
      return report;
    }

    /** One case. */
    @FunctionalInterface
    private interface Case {
      void run() throws IOException, InterruptedException;
    }

    /** A case that breaks does not take with it what the others have measured. */
    private void keeping(String name, Case one) throws IOException, InterruptedException {
      try {
        one.run();
      } catch (IllegalStateException broken) {
        report.broke(name + ": " + broken.getMessage());
      }
    }

    private void step(String what) {
      if (!options.quick()) System.err.println("tradeflood bench: history: " + what);
    }

    /** A year of spot, nobody refused. */
    private void year(SimulatedExchanges exchanges) throws IOException, InterruptedException {
      var venue = Venue.BINANCE_SPOT;
      step("a year, by us");
      ours(exchanges, venue, 1); // the exchanges are to be compiled when the first is measured
      int times = Math.clamp(options.rounds(), 2, MOST_TIMES);
      var ours = ours(exchanges, venue, times);
      same("another round of ours", ours, ours);
      needed("a year of " + venue.words(), venue, ours);
      var seconds = new Samples();
      var cpu = new Samples();
      for (var pulled : ours.all().subList(1, times)) {
        seconds.add(pulled.seconds());
        cpu.add(pulled.cpu());
      }
      for (var read : peers(venue).entrySet()) {
        var peer = read.getKey();
        var theirs = read.getValue();
        same(peer.words(), theirs, ours);
        double warm = theirs.pulled().seconds() / seconds.median();
        String what = "  over %s: seconds".formatted(peer.words());
        String mine = Report.figure(seconds.median(), "s");
        String other = Report.figure(theirs.pulled().seconds(), "s");
        if (peer == Peer.CCXT_LOOP)
          report.line(
              what,
              mine,
              other,
              Report.ratio(warm),
              ">= " + Report.ratio(SPEED_TARGET),
              warm >= SPEED_TARGET);
        else report.line(what, mine, other, Report.ratio(warm));
        report.line(
            "    our first in a fresh JVM",
            Report.figure(ours.pulled().seconds(), "s"),
            other,
            Report.ratio(theirs.pulled().seconds() / ours.pulled().seconds()));
        besides(ours, theirs, cpu.median());
      }
      report.word(
          "A year without limits: ours is the median of %d pulls from %.1f to %.1f s in a JVM that has done one; what a peer's runtime does at its start does not show beside its waiting, so it reads once, and the two loops side by side. The exchanges run on the same processors and took %.1f s of them for each of our years.",
          times - 1, seconds.least(), seconds.most(), ours.exchangesCpu() / times);
    }

    /** The loops run side by side, each with exchanges of its own. */
    private Map<Peer, Reading> peers(Venue venue) throws IOException, InterruptedException {
      Map<Peer, Reading> readings = new EnumMap<>(Peer.class);
      var all = Peer.of(venue, options);
      step("a year, by peers in a loop");
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Map<Peer, Future<Reading>> loops = new EnumMap<>(Peer.class);
        for (var peer : all)
          if (peer.isLoop()) loops.put(peer, threads.submit(() -> peer(peer, venue)));
        for (var loop : loops.entrySet()) readings.put(loop.getKey(), loop.getValue().get());
      } catch (ExecutionException failed) {
        throw new IllegalStateException(
            Objects.requireNonNullElse(failed.getCause(), failed).getMessage(), failed);
      }
      step("a year, by peers with all pages at once");
      for (var peer : all) if (!peer.isLoop()) readings.put(peer, peer(peer, venue));
      return readings;
    }

    private Reading peer(Peer peer, Venue venue) throws IOException, InterruptedException {
      try (var exchanges = SimulatedExchanges.start(extent.latency(), false)) {
        return peer.read(exchanges, venue, extent.year(), options);
      }
    }

    private void besides(Reading ours, Reading theirs, double cpu) {
      report.line(
          "    processor seconds",
          Report.figure(cpu, "s"),
          Report.figure(theirs.pulled().cpu(), "s"),
          Report.ratio(theirs.pulled().cpu() / cpu));
      report.line(
          "    requests",
          Report.count(ours.requests()),
          Report.count(theirs.requests()),
          Report.ratio(theirs.requests() / ours.requests()));
    }

    /** No more than the rows need, none refused, none missing. */
    private void needed(String what, Venue venue, Reading ours) {
      long minutes = extent.year().minutes();
      int times = ours.all().size();
      noMore(what + ": requests", ours.requests(), venue.requestsFor(minutes));
      noMore(
          what + ": weight", (double) ours.counts().used(venue) / times, venue.weightOf(minutes));
      refused(what, ours.counts());
      if (ours.pulled().rows() != minutes)
        report.broke("%s has %d rows, expected %d".formatted(what, ours.pulled().rows(), minutes));
    }

    private void noMore(String what, double ours, double needed) {
      report.line(
          what,
          Report.count(ours),
          Report.count(needed) + " (needed)",
          Report.ratio(ours / needed),
          "<= needed",
          ours <= needed);
    }

    private void refused(String what, Counts counts) {
      report.line(
          what + ": refused (429, 418)",
          Report.count(counts.refused()),
          "",
          "",
          "0",
          counts.refused() == 0);
      if (counts.failed() > 0)
        report.broke("%s: %d requests failed".formatted(what, counts.failed()));
    }

    private void same(String who, Reading theirs, Reading ours) {
      if (!theirs.isSame(ours))
        report.broke(
            "%s read other rows than we: %d, ours %d"
                .formatted(who, theirs.pulled().rows(), ours.pulled().rows()));
    }

    private Reading ours(SimulatedExchanges exchanges, Venue venue, int times)
        throws IOException, InterruptedException {
      return Reading.of(
          exchanges,
          () -> child(exchanges, extent.year(), "pull", Integer.toString(times), venue.name()));
    }

    private static List<String> child(SimulatedExchanges exchanges, Span span, String... words)
        throws IOException, InterruptedException {
      var arguments = new ArrayList<String>();
      arguments.addAll(List.of(words));
      arguments.addAll(List.of(span.from().toString(), span.to().toString()));
      for (var venue : Venue.values()) arguments.add(venue.name() + "=" + exchanges.baseUrl());
      return Child.java(OurChild.class, arguments);
    }

    /** Minutes, five minutes and hours of the same time, wanted by one and by many. */
    private void readers(SimulatedExchanges exchanges) throws IOException, InterruptedException {
      step(READERS + " readers");
      var one = readers(exchanges, 1);
      var many = readers(exchanges, READERS);
      String what = "1m, 5m and 1h for %d readers at once".formatted(READERS);
      same(what, many, one);
      noMore(what + ": requests", many.requests(), one.requests());
      refused(what, many.counts());
      report.word(
          "The readers share a program, and each has a plan of its own for %s; what one reader takes is what is needed.",
          extent.readers());
    }

    private Reading readers(SimulatedExchanges exchanges, int number)
        throws IOException, InterruptedException {
      String venue = Venue.BINANCE_SPOT.name();
      return Reading.of(
          exchanges,
          () -> child(exchanges, extent.readers(), "readers", Integer.toString(number), venue));
    }

    /**
     * All venues at once, as fast as their limits let us, over some whole windows; each has a host
     * of its own, as in the world.
     */
    private void limited() throws IOException, InterruptedException {
      step("limits on, two to three minutes");
      Map<Venue, SimulatedExchanges> hosts = new EnumMap<>(Venue.class);
      try {
        for (var venue : extent.limited())
          hosts.put(venue, SimulatedExchanges.start(extent.latency(), true));
        limited(hosts);
      } finally {
        for (var host : hosts.values()) host.close();
      }
    }

    private void limited(Map<Venue, SimulatedExchanges> hosts)
        throws IOException, InterruptedException {
      String length = extent.seconds() > 0 ? extent.seconds() + "s" : FULL_MINUTES + "m";
      var arguments = new ArrayList<>(List.of("until", length));
      arguments.add(extent.endless().from().toString());
      arguments.add(extent.endless().to().toString());
      hosts.forEach((venue, host) -> arguments.add(venue.name() + "=" + host.baseUrl()));
      var said = Child.java(OurChild.class, arguments);
      var time = said.getFirst().split(" ");
      var began = Instant.parse(time[1]);
      var end = Instant.parse(time[2]);
      for (var host : hosts.entrySet())
        limited(host.getKey(), host.getValue().counts(), said, began, end);
    }

    private void limited(
        Venue venue, Counts counts, List<String> said, Instant began, Instant end) {
      var used = Used.of(venue, counts, began, end);
      report.line(
          "%s: weight used of %d full windows".formatted(venue.words(), used.windows()),
          Report.count(used.used()),
          Report.count(used.allowed()) + " (allowed)",
          Report.ratio(used.part()),
          ">= " + Report.ratio(WEIGHT_TARGET),
          used.part() >= WEIGHT_TARGET);
      refused(venue.words(), counts);
      report.word(
          "%s with its limit on: %,d rows without a hole in %.1f s; the full window used least was used to %.1f %%.",
          venue.words(),
          rows(venue, said),
          Duration.between(began, end).toMillis() / 1e3,
          used.least() * 100);
    }

    private static long rows(Venue venue, List<String> said) {
      String first = "venue " + venue.name() + " ";
      return said.stream()
          .filter(line -> line.startsWith(first))
          .mapToLong(line -> Long.parseLong(line.substring(first.length())))
          .sum();
    }

    /** A year with the limits on, one client after the other. */
    private void limitedYear(SimulatedExchanges exchanges, Venue venue)
        throws IOException, InterruptedException {
      step("a year of %s, limits on".formatted(venue.words()));
      var ours = ours(exchanges, venue, 1);
      needed("a year of %s, limits on".formatted(venue.words()), venue, ours);
      for (var peer : Peer.of(venue, options))
        try {
          limitedYear(peer, peer.read(exchanges, venue, extent.year(), options), ours);
        } catch (IllegalStateException gaveUp) {
          report.word(
              "%s over a year of %s: %s",
              peer.words(), venue.words(), String.valueOf(gaveUp.getMessage()));
        }
    }

    private void limitedYear(Peer peer, Reading theirs, Reading ours) {
      same(peer.words(), theirs, ours);
      report.line(
          "  over %s: seconds".formatted(peer.words()),
          Report.figure(ours.pulled().seconds(), "s"),
          Report.figure(theirs.pulled().seconds(), "s"),
          Report.ratio(theirs.pulled().seconds() / ours.pulled().seconds()));
      besides(ours, theirs, ours.pulled().cpu());
      report.line(
          "    refused (429, 418)",
          Report.count(ours.counts().refused()),
          Report.count(theirs.counts().refused()),
          "");
    }
  }
}
