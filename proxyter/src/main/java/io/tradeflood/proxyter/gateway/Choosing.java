package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.gateway.Choice.Full;
import io.tradeflood.proxyter.gateway.Choice.Grant;
import io.tradeflood.proxyter.gateway.Choice.None;
import io.tradeflood.proxyter.gateway.Explanation.Candidate;
import io.tradeflood.proxyter.health.HealthView;
import io.tradeflood.proxyter.limit.Reservation;
import io.tradeflood.proxyter.limit.Reservation.Take;
import io.tradeflood.proxyter.payload.Payload;
import io.tradeflood.proxyter.payload.Payload.Mode;
import io.tradeflood.proxyter.pool.Selection;
import io.tradeflood.proxyter.pool.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Looks for a proxy for one request, once: group by group, as the route orders them. */
final class Choosing {
  private final Ask ask;
  private final Payload payload;
  private final List<Upstream> tried;
  private final HealthView health;
  private final Sessions sessions;
  private final Selection selection;
  private final long now;
  private final List<Upstream> full = new ArrayList<>(0);
  private long roomAt = Long.MAX_VALUE;
  private boolean someFull;
  private boolean lastResort;

  /** Whom the session does not leave, although it cannot serve. */
  private Optional<Upstream> keptTo = Optional.empty();

  Choosing(
      Ask ask,
      List<Upstream> tried,
      HealthView health,
      Sessions sessions,
      Selection selection,
      long now) {
    this.ask = ask;
    this.payload = ask.admission().payload();
    this.tried = tried;
    this.health = health;
    this.sessions = sessions;
    this.selection = selection;
    this.now = now;
  }

  /** A proxy with its limits reserved and its load counted, or why there is none. */
  Choice choose() {
    Optional<Grant> grant = eligible();
    if (grant.isEmpty() && !someFull) {
      lastResort = true;
      grant = eligible();
      lastResort = false;
    }
    if (grant.isPresent()) return grant.get();
    return someFull ? new Full(roomAt) : none();
  }

  private Optional<Grant> eligible() {
    for (Pool pool : ask.admission().route().pools()) {
      if (!mayLeaveBy(pool)) continue;
      Optional<Grant> grant =
          payload.session().isPresent() ? sticky(pool, payload.session().get()) : next(pool);
      if (grant.isPresent()) return grant;
      if (keptTo.isPresent()) break;
    }
    return Optional.empty();
  }

  boolean mayLeaveBy(Pool pool) {
    return payload.groups().isEmpty() || payload.groups().contains(pool.id());
  }

  private Optional<Grant> next(Pool pool) {
    if (isFull(pool)) return Optional.empty();
    while (true) {
      Optional<Upstream> best =
          selection.next(pool.upstreams(), this::isEligible, this::share, now);
      if (best.isEmpty()) return Optional.empty();
      Optional<Grant> grant = reserve(pool, best.get());
      if (grant.isPresent()) return grant;
      full.add(best.get());
    }
  }

  private Optional<Grant> sticky(Pool pool, Payload.Session session) {
    List<Upstream> wanted = preferred(pool, session);
    if (wanted.isEmpty()) return Optional.empty();
    Upstream home = wanted.get(0);
    long end = now + holds(session).toMillis();
    if (session.rank() > 1) sessions.ranked(sessionKey(pool, session, 1), session.rank(), end, now);
    if (session.mode() == Mode.HARD) {
      keptTo = Optional.of(home);
      return isEligible(home) ? reserve(pool, home) : Optional.empty();
    }
    Upstream holder = holder(pool, session, session.rank(), wanted);
    if (session.mode() == Mode.FIRM && isShutOut(holder)) {
      keptTo = Optional.of(holder);
      return Optional.empty();
    }
    String key = sessionKey(pool, session, session.rank());
    for (Upstream next : inTurn(pool, session, wanted, holder)) {
      if (!isEligible(next)) continue;
      Optional<Grant> grant = reserve(pool, next);
      if (grant.isEmpty()) continue;
      if (next == home) sessions.home(key);
      else sessions.move(key, next.id(), end, now);
      return grant;
    }
    return Optional.empty();
  }

  /**
   * The members in the order in which they are asked: who has the session, its home, the others;
   * last those that another rank has.
   */
  private List<Upstream> inTurn(
      Pool pool, Payload.Session session, List<Upstream> wanted, Upstream holder) {
    var inTurn = new ArrayList<>(wanted);
    inTurn.remove(holder);
    inTurn.addFirst(holder);
    int ranks = Math.min(ranks(pool, session), wanted.size());
    if (ranks == 1) return inTurn;
    var held = new HashSet<Upstream>();
    for (int rank = 1; rank <= ranks; rank++)
      if (rank != session.rank()) held.add(holder(pool, session, rank, wanted));
    held.remove(wanted.get(0));
    inTurn.sort(Comparator.comparing(held::contains));
    return inTurn;
  }

  private int ranks(Pool pool, Payload.Session session) {
    return Math.max(session.rank(), sessions.ranks(sessionKey(pool, session, 1), now));
  }

  /**
   * The members in the order in which they want the session, its home first; none if there are
   * fewer than its rank. Exclusions do not change the homes of sessions that keep to them.
   */
  private List<Upstream> preferred(Pool pool, Payload.Session session) {
    boolean keeps = session.mode() != Mode.SOFT || ranks(pool, session) > 1;
    List<Upstream> all =
        Selection.preference(
            pool.upstreams().stream()
                .filter(u -> u.settings().enabled() && (keeps ? hasTags(u) : fits(u)))
                .toList(),
            session.name());
    int before = session.rank() - 1;
    if (before == 0) return all;
    if (before >= all.size()) return List.of();
    var fromHome = new ArrayList<>(all.subList(before, all.size()));
    fromHome.addAll(all.subList(0, before));
    return fromHome;
  }

  /** Who has a rank of the session now. */
  private Upstream holder(Pool pool, Payload.Session session, int rank, List<Upstream> wanted) {
    return sessions
        .movedTo(sessionKey(pool, session, rank), now)
        .flatMap(id -> wanted.stream().filter(u -> u.id().equals(id)).findFirst())
        .orElseGet(() -> wanted.get(Math.floorMod(rank - session.rank(), wanted.size())));
  }

  /** Whether the target wants nothing of it, as the watcher or the client itself says. */
  private boolean isShutOut(Upstream proxy) {
    return payload.excluded().contains(proxy.id())
        || health.shutOut(proxy.id(), ask.origin(), now).isPresent();
  }

  private String sessionKey(Pool pool, Payload.Session session, int rank) {
    String which = rank == 1 ? "" : "#" + rank;
    return ask.admission().client().name() + "/" + pool.id() + "/" + session.name() + which;
  }

  private Duration holds(Payload.Session session) {
    return session.minutes().isPresent()
        ? Duration.ofMinutes(session.minutes().getAsInt())
        : ask.admission().route().settings().sessionTime();
  }

  private boolean isEligible(Upstream proxy) {
    return proxy.settings().enabled()
        && !tried.contains(proxy)
        && fits(proxy)
        && !full.contains(proxy)
        && isWell(proxy);
  }

  /** Where nobody is, those whose fault may have ended are taken for well. */
  private boolean isWell(Upstream proxy) {
    return lastResort
        ? health.isLastResort(proxy.id(), ask.origin(), now)
        : health.isEligible(proxy.id(), ask.origin(), now);
  }

  private boolean fits(Upstream proxy) {
    return (payload.excluded().isEmpty() || !payload.excluded().contains(proxy.id()))
        && hasTags(proxy);
  }

  private boolean hasTags(Upstream proxy) {
    return payload.tags().isEmpty() || proxy.settings().tags().containsAll(payload.tags());
  }

  private double share(Upstream proxy) {
    return health.share(proxy.id(), now);
  }

  /** Whether the limits that all members share have no room, for somebody who could serve. */
  private boolean isFull(Pool pool) {
    long cost = payload.cost();
    long at = ask.admission().client().scope().roomAt(cost, now);
    at = Math.max(at, ask.admission().route().scope().roomAt(cost, now));
    at = Math.max(at, pool.scope().roomAt(cost, now));
    if (at <= now) return false;
    if (pool.upstreams().stream().anyMatch(this::isEligible)) {
      full(at);
      for (Take take : sharedTakes(pool))
        if (take.limit().roomAt(take.amount(), now) > now) take.limit().missed();
    }
    return true;
  }

  private void full(long at) {
    someFull = true;
    roomAt = Math.min(roomAt, at);
  }

  /** The limits that leave no room for it, of whoever could serve otherwise. */
  Set<Scope.Lack> lacks() {
    var lacks = new LinkedHashSet<Scope.Lack>();
    addLacks(lacks);
    lastResort = lacks.isEmpty();
    if (lastResort) addLacks(lacks);
    lastResort = false;
    return lacks;
  }

  private void addLacks(Set<Scope.Lack> lacks) {
    long cost = payload.cost();
    for (Pool pool : ask.admission().route().pools()) {
      if (!mayLeaveBy(pool)) continue;
      Optional<Upstream> only = payload.session().flatMap(session -> only(pool, session));
      for (Upstream proxy : only.map(List::of).orElse(pool.upstreams())) {
        if (!isEligible(proxy)) continue;
        boolean shared = ask.admission().client().scope().addLacks(lacks, cost, now);
        shared |= ask.admission().route().scope().addLacks(lacks, cost, now);
        shared |= pool.scope().addLacks(lacks, cost, now);
        if (shared) break;
        Member member = pool.member(proxy);
        var unused = member.proxyScope().addLacks(lacks, cost, now);
        unused = member.groupScope().addLacks(lacks, cost, now);
        unused = member.originScope(ask.origin()).addLacks(lacks, cost, now);
      }
      if (only.isPresent()) return;
    }
  }

  /** Who alone may have a session that goes nowhere else. */
  private Optional<Upstream> only(Pool pool, Payload.Session session) {
    return session.mode() == Mode.HARD
        ? preferred(pool, session).stream().findFirst()
        : Optional.empty();
  }

  private List<Take> sharedTakes(Pool pool) {
    Scope client = ask.admission().client().scope();
    Scope type = ask.admission().route().scope();
    var takes = new ArrayList<Take>();
    client.addTakes(takes, payload.cost());
    type.addTakes(takes, payload.cost());
    pool.scope().addTakes(takes, payload.cost());
    client.addSetups(takes);
    type.addSetups(takes);
    pool.scope().addSetups(takes);
    return takes;
  }

  /** The scopes of a tunnel through the member, without those that limit nothing. */
  private List<Scope> scopes(Pool pool, Member member) {
    Scope atOrigin = member.originScope(ask.origin());
    Scope client = ask.admission().client().scope();
    Scope type = ask.admission().route().scope();
    if (client.isEmpty()
        && type.isEmpty()
        && pool.scope().isEmpty()
        && member.proxyScope().isEmpty()
        && member.groupScope().isEmpty()
        && atOrigin.isEmpty()) return List.of();
    return List.of(client, type, pool.scope(), member.proxyScope(), member.groupScope(), atOrigin);
  }

  private Optional<Grant> reserve(Pool pool, Upstream proxy) {
    Member member = pool.member(proxy);
    List<Scope> scopes = scopes(pool, member);
    List<Take> takes = scopes.isEmpty() ? List.of() : new ArrayList<>();
    List<Take> setupTakes = scopes.isEmpty() ? List.of() : new ArrayList<>();
    for (Scope scope : scopes) {
      scope.addSetups(setupTakes);
      scope.addTakes(takes, payload.cost());
    }
    Optional<Reservation> setups = Reservation.take(setupTakes, now);
    Optional<Reservation> held = setups.isEmpty() ? Optional.empty() : Reservation.take(takes, now);
    if (setups.isPresent() && held.isPresent()) {
      proxy.load().setupBegan();
      return Optional.of(new Grant(ask, member, pool, held.get(), setups.get()));
    }
    setups.ifPresent(s -> s.undo(now));
    full(Math.max(Reservation.roomAt(takes, now), Reservation.roomAt(setupTakes, now)));
    return Optional.empty();
  }

  private None none() {
    if (keptTo.isPresent()) return noneButKept(keptTo.get());
    Optional<String> tooFew = tooFew();
    if (tooFew.isPresent()) return new None(tooFew.get(), Long.MAX_VALUE, OptionalInt.empty());
    int all = 0;
    int disabled = 0;
    int alreadyTried = 0;
    int unfit = 0;
    var unwell = new ArrayList<String>();
    var candidates = new ArrayList<String>();
    for (Pool pool : ask.admission().route().pools()) {
      if (!mayLeaveBy(pool)) continue;
      for (Upstream proxy : pool.upstreams()) {
        all++;
        if (!proxy.settings().enabled()) disabled++;
        else if (!fits(proxy)) unfit++;
        else if (tried.contains(proxy)) alreadyTried++;
        else {
          candidates.add(proxy.id());
          if (unwell.size() < 3)
            health
                .whyNot(proxy.id(), ask.origin(), now)
                .ifPresent(why -> unwell.add(proxy.id() + ": " + why));
        }
      }
    }
    long at =
        candidates.isEmpty() ? Long.MAX_VALUE : health.eligibleAt(candidates, ask.origin(), now);
    var why = new StringBuilder("no proxy left for ").append(payload.type());
    why.append(": ").append(all).append(" in its groups");
    if (disabled > 0) why.append(", ").append(disabled).append(" disabled");
    if (unfit > 0) why.append(", ").append(unfit).append(" not as asked for");
    if (alreadyTried > 0) why.append(", ").append(alreadyTried).append(" tried");
    if (!candidates.isEmpty()) why.append(", ").append(candidates.size()).append(" not well");
    if (!unwell.isEmpty()) why.append(" (").append(String.join("; ", unwell)).append(")");
    return new None(why.toString(), at, shutOut(candidates));
  }

  /** Why no group has a home for the session, if none has. */
  private Optional<String> tooFew() {
    int rank = payload.session().map(Payload.Session::rank).orElse(1);
    var small = new ArrayList<String>();
    for (Pool pool : ask.admission().route().pools()) {
      if (!mayLeaveBy(pool)) continue;
      long fit =
          pool.upstreams().stream().filter(u -> u.settings().enabled() && hasTags(u)).count();
      if (rank == 1 || fit >= rank) return Optional.empty();
      small.add("group %s has %d that fit".formatted(pool.id(), fit));
    }
    return small.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the session wants number %d but %s: lower sr, or add proxies"
                .formatted(rank, String.join(", ", small)));
  }

  private None noneButKept(Upstream proxy) {
    String id = proxy.id();
    String why =
        health
            .whyNot(id, ask.origin(), now)
            .orElse(isShutOut(proxy) ? "shut out by the target" : "disabled, or tried");
    return new None(
        "%s keeps to %s, which is %s".formatted("the session of " + payload.type(), id, why),
        health.eligibleAt(List.of(id), ask.origin(), now),
        isShutOut(proxy) ? OptionalInt.of(shutOut(List.of(id)).orElse(418)) : OptionalInt.empty());
  }

  /** The status by which the target has shut out all of them: the mildest. */
  private OptionalInt shutOut(List<String> proxies) {
    OptionalInt mildest = OptionalInt.empty();
    for (String proxy : proxies) {
      OptionalInt status = health.shutOut(proxy, ask.origin(), now);
      if (status.isEmpty()) return status;
      if (mildest.isEmpty() || status.getAsInt() > mildest.getAsInt()) mildest = status;
    }
    return mildest;
  }

  /** Who would be chosen, for people; reserves nothing. */
  Explanation explain() {
    List<Candidate> candidates = candidates();
    boolean anyFull = candidates.stream().anyMatch(Candidate::isFull);
    if (!anyFull && candidates.stream().noneMatch(c -> c.chance() > 0)) {
      lastResort = true;
      candidates = candidates();
      lastResort = false;
    }
    Optional<String> chosen =
        candidates.stream()
            .filter(c -> c.chance() > 0)
            .max(Comparator.comparingDouble(Candidate::chance))
            .map(Candidate::proxy);
    Optional<String> why = Optional.empty();
    if (chosen.isEmpty()) why = Optional.of(anyFull ? "no proxy has room" : none().why());
    return new Explanation(ask.admission().route().type(), ask.origin(), chosen, why, candidates);
  }

  private List<Candidate> candidates() {
    var candidates = new ArrayList<Candidate>();
    boolean isFound = false;
    for (Pool pool : ask.admission().route().pools()) {
      Map<Upstream, Double> chances = isFound ? Map.of() : chances(pool);
      isFound |= !chances.isEmpty();
      for (Upstream proxy : pool.upstreams())
        candidates.add(
            new Candidate(
                pool.id(),
                proxy.id(),
                whyNot(pool, proxy),
                selection.score(proxy, this::share, now),
                chances.getOrDefault(proxy, 0.0)));
    }
    return candidates;
  }

  private Map<Upstream, Double> chances(Pool pool) {
    List<Upstream> able =
        pool.upstreams().stream()
            .filter(
                proxy ->
                    lastResort
                        ? mayLeaveBy(pool) && isEligible(proxy)
                        : whyNot(pool, proxy).isEmpty())
            .toList();
    if (payload.session().isEmpty()) return selection.chances(able, this::share, now);
    return kept(pool, able).map(proxy -> Map.of(proxy, 1.0)).orElse(Map.of());
  }

  /** Who of those that are able would serve the session. */
  private Optional<Upstream> kept(Pool pool, List<Upstream> able) {
    Payload.Session session = payload.session().get();
    List<Upstream> wanted = preferred(pool, session);
    if (wanted.isEmpty()) return Optional.empty();
    if (session.mode() == Mode.HARD)
      return wanted.stream().limit(1).filter(able::contains).findFirst();
    Upstream holder = holder(pool, session, session.rank(), wanted);
    if (session.mode() == Mode.FIRM && isShutOut(holder)) return Optional.empty();
    return inTurn(pool, session, wanted, holder).stream().filter(able::contains).findFirst();
  }

  private Optional<String> whyNot(Pool pool, Upstream proxy) {
    if (!mayLeaveBy(pool)) return Optional.of("its group is not asked for");
    if (!proxy.settings().enabled()) return Optional.of("disabled");
    if (payload.excluded().contains(proxy.id())) return Optional.of("excluded by x");
    if (!proxy.settings().tags().containsAll(payload.tags())) return Optional.of("lacks a tag");
    Optional<String> unwell = health.whyNot(proxy.id(), ask.origin(), now);
    if (unwell.isPresent()) return unwell;
    var takes = new ArrayList<Take>();
    for (Scope scope : scopes(pool, pool.member(proxy))) {
      scope.addTakes(takes, payload.cost());
      scope.addSetups(takes);
    }
    long at = Reservation.roomAt(takes, now);
    if (at <= now) return Optional.empty();
    return Optional.of(
        at == Long.MAX_VALUE ? Explanation.FULL : Explanation.FULL + " for " + (at - now) + " ms");
  }
}
