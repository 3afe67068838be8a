package io.tradeflood.proxyter.health;

import io.tradeflood.proxyter.health.Change.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How changes are told: what each kind of change says of itself. */
final class Changes {
  private final Function<String, Optional<String>> providerOf;

  Changes(Function<String, Optional<String>> providerOf) {
    this.providerOf = providerOf;
  }

  private static Optional<Instant> moment(long millis) {
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  /** A proxy is out, or doubtful. */
  Change out(String type, ProxyHealth proxy, Attempt failure, double confidence, String action) {
    Optional<String> reason =
        type.equals("proxy.suspect") ? Optional.of("fault unknown") : Optional.empty();
    return proxy(type, proxy, Optional.of(failure), proxy.verdict(), confidence, reason, action);
  }

  /** A proxy is back, or on its way. */
  Change back(ProxyHealth proxy, String reason) {
    boolean whole = proxy.state() == ProxyHealth.State.UP;
    return proxy(
        whole ? "proxy.up" : "proxy.probation",
        proxy,
        Optional.empty(),
        Optional.empty(),
        1,
        Optional.of(reason),
        whole ? "restored" : "slow start");
  }

  /** A doubtful proxy served. */
  Change served(ProxyHealth proxy, Attempt success) {
    return proxy(
        "proxy.up", proxy, Optional.of(success), Optional.empty(), 1, Optional.empty(), "restored");
  }

  /** A proxy that was doubtful failed by another's fault. */
  Change acquitted(ProxyHealth proxy, Attempt failure, Diagnosis diagnosis) {
    return proxy(
        "proxy.up",
        proxy,
        Optional.of(failure),
        Optional.of(diagnosis.verdict()),
        diagnosis.confidence(),
        Optional.empty(),
        "restored");
  }

  private Change proxy(
      String type,
      ProxyHealth proxy,
      Optional<Attempt> evidence,
      Optional<Verdict> verdict,
      double confidence,
      Optional<String> reason,
      String action) {
    return new Change(
        type,
        severityOf(type),
        Optional.of(proxy.id()),
        evidence.map(Attempt::origin),
        providerOf.apply(proxy.id()),
        evidence.map(Attempt::group),
        evidence.map(Attempt::type),
        verdict,
        confidence,
        Instant.ofEpochMilli(proxy.since()),
        moment(proxy.until()),
        evidence.stream().toList(),
        reason,
        action);
  }

  private static Severity severityOf(String type) {
    return switch (type) {
      case "proxy.down", "proxy.auth_failed" -> Severity.ERROR;
      case "proxy.suspect", "proxy.quota" -> Severity.WARNING;
      default -> Severity.INFO;
    };
  }

  /** A proxy is shut out at a target. */
  Change blocked(Attempt failure, PairHealth pair, double confidence) {
    String type =
        switch (pair.state()) {
          case PAUSED -> "pair.rate_limited";
          case BANNED -> "pair.banned";
          case REFUSED, OK -> "pair.refused";
        };
    return new Change(
        type,
        Severity.WARNING,
        Optional.of(failure.proxy()),
        Optional.of(failure.origin()),
        providerOf.apply(failure.proxy()),
        Optional.of(failure.group()),
        Optional.of(failure.type()),
        Optional.of(pair.verdict()),
        confidence,
        Instant.ofEpochMilli(pair.since()),
        moment(pair.until()),
        List.of(failure),
        Optional.empty(),
        "blocked");
  }

  /** A proxy may be seen at a target again. */
  Change restored(HealthBook.Pair key, PairHealth pair, String reason, long now) {
    return new Change(
        "pair.restored",
        Severity.INFO,
        Optional.of(key.proxy()),
        Optional.of(key.origin()),
        providerOf.apply(key.proxy()),
        Optional.empty(),
        Optional.of(pair.type()),
        Optional.empty(),
        1,
        Instant.ofEpochMilli(now),
        Optional.empty(),
        List.of(),
        Optional.of(reason),
        "restored after " + pair.times());
  }

  /** A target is down, or serves again. */
  Change origin(String name, OriginHealth origin, Optional<Attempt> evidence, double confidence) {
    boolean down = origin.isDown();
    return new Change(
        down ? "origin.down" : "origin.up",
        down ? Severity.ERROR : Severity.INFO,
        Optional.empty(),
        Optional.of(name),
        Optional.empty(),
        evidence.map(Attempt::group),
        evidence.map(Attempt::type),
        down ? Optional.of(Verdict.ORIGIN_DOWN) : Optional.empty(),
        confidence,
        Instant.ofEpochMilli(origin.since()),
        Optional.empty(),
        evidence.stream().toList(),
        evidence.isEmpty() ? Optional.of("a probe was served") : Optional.empty(),
        down ? "breaker open" : "restored");
  }

  /** All proxies of a provider fail. */
  Change providerDown(String provider, Attempt failure, double confidence, long now) {
    return new Change(
        "provider.down",
        Severity.ERROR,
        Optional.empty(),
        Optional.empty(),
        Optional.of(provider),
        Optional.of(failure.group()),
        Optional.of(failure.type()),
        Optional.of(Verdict.PROVIDER_DOWN),
        confidence,
        Instant.ofEpochMilli(now),
        Optional.empty(),
        List.of(failure),
        Optional.empty(),
        "ejected");
  }

  /** A proxy of a provider that was down is back. */
  Change providerUp(String provider, String proxy, long now) {
    return new Change(
        "provider.up",
        Severity.INFO,
        Optional.of(proxy),
        Optional.empty(),
        Optional.of(provider),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        Instant.ofEpochMilli(now),
        Optional.empty(),
        List.of(),
        Optional.of(proxy + " is back"),
        "restored");
  }

  /** This machine reaches nobody, or somebody again. */
  static Change network(boolean down, Optional<Attempt> evidence, long now) {
    return new Change(
        down ? "network.down" : "network.up",
        down ? Severity.ERROR : Severity.INFO,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        down ? Optional.of(Verdict.LOCAL_NETWORK) : Optional.empty(),
        down ? 0.95 : 1,
        Instant.ofEpochMilli(now),
        Optional.empty(),
        evidence.stream().toList(),
        down ? Optional.empty() : Optional.of("somebody answers"),
        down ? "verdicts frozen" : "restored");
  }
}
