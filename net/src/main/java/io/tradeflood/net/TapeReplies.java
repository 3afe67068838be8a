package io.tradeflood.net;

import io.tradeflood.net.TapeEntry.Kind;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The answers of a tape, each at its time; to equal requests in their order. A request is found by
 * its whole address, or, since hosts can be put in the place of others, by its path and query. One
 * that nobody made when it was recorded gets the answer to the one that names the moments next to
 * its own.
 */
final class TapeReplies {
  /** Guards all that follows. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<String, Answers> answers = new HashMap<>();

  /** By path and query. */
  private final Map<String, List<Answers>> sameTarget = new HashMap<>();

  /** Those that name moments: by path and the rest of the query, then by the first moment. */
  private final Map<String, NavigableMap<Long, List<Answers>>> alike = new HashMap<>();

  private boolean over;

  /** The connections that were opened: connector and group, a line each. */
  private final Set<String> dialed = new LinkedHashSet<>();

  private final TapeAskers askers;
  private long begin;
  private long end;
  private TapeMoments moments = TapeMoments.around(0, 0);

  /** The answers to equal requests. */
  private static final class Answers {
    final List<Long> moments;

    /** How many are still to come. */
    int left;

    /** Those whose time has come and that nobody has asked for. */
    final Deque<TapeEntry> ready = new ArrayDeque<>();

    /** Who has asked and has no answer. */
    final Deque<Asked> asked = new ArrayDeque<>();

    Answers(List<Long> moments) {
      this.moments = moments;
    }

    long distance(List<Long> others) {
      long most = 0;
      for (int i = 0; i < others.size(); i++)
        most = Math.max(most, Math.abs(others.get(i) - moments.get(i)));
      return most;
    }
  }

  /**
   * @param known whether the tape waits for who asks
   */
  private record Asked(CompletableFuture<TapeEntry> answer, boolean known) {}

  private TapeReplies(TapeAskers askers) {
    this.askers = askers;
  }

  /** Looks a tape through. */
  static TapeReplies of(Path file, TapeAskers askers) {
    var replies = new TapeReplies(askers);
    var requests = new ArrayList<String>();
    try (var reader = new TapeReader(file)) {
      var entry = reader.next();
      replies.begin = entry.map(TapeEntry::nanos).orElse(0L);
      for (; entry.isPresent(); entry = reader.next()) {
        replies.end = entry.get().nanos();
        if (entry.get().kind() == Kind.REPLY || entry.get().kind() == Kind.FAULT)
          requests.add(TapeText.firstLine(entry.get()));
        else if (entry.get().kind() == Kind.DIAL) replies.dialed.add(TapeText.dialed(entry.get()));
      }
    }
    replies.moments = TapeMoments.around(replies.begin, replies.end);
    requests.forEach(request -> replies.answers.computeIfAbsent(request, replies::known).left++);
    return replies;
  }

  /** A request that was recorded. */
  private Answers known(String request) {
    String target = target(request);
    var made = new Answers(moments.in(target));
    sameTarget.computeIfAbsent(target, _ -> new ArrayList<>(1)).add(made);
    if (!made.moments.isEmpty())
      alike
          .computeIfAbsent(moments.without(target), _ -> new TreeMap<>())
          .computeIfAbsent(made.moments.getFirst(), _ -> new ArrayList<>(1))
          .add(made);
    return made;
  }

  /** When the tape begins, in nanoseconds since 1970; 0 if nothing is on it. */
  long begin() {
    return begin;
  }

  /** The connections that were opened, as {@link TapeText#dialed} has them. */
  Set<String> dialed() {
    return dialed;
  }

  /**
   * The answer, when its time has come.
   *
   * @throws ExecutionException if there is none
   */
  TapeEntry ask(String request) throws InterruptedException, ExecutionException {
    var asked = new Asked(new CompletableFuture<>(), askers.isOne());
    Optional<Answers> found;
    lock.lock();
    try {
      found = find(request);
      var ready = found.map(one -> one.ready.poll());
      if (ready.isPresent()) return ready.get();
      if (found.isEmpty()) asked.answer.completeExceptionally(new NoSuchElementException(request));
      else {
        found.get().asked.add(asked);
        if (asked.known) askers.waits();
      }
    } finally {
      lock.unlock();
    }
    try {
      return asked.answer.get();
    } catch (InterruptedException left) {
      found.ifPresent(one -> withdraw(one, asked));
      throw left;
    }
  }

  private void withdraw(Answers from, Asked asked) {
    lock.lock();
    try {
      if (from.asked.remove(asked) && asked.known) askers.goesOn();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Answers> find(String request) {
    var same = answers.get(request);
    if (same != null && isFree(same)) return Optional.of(same);
    String target = target(request);
    return sameTarget.getOrDefault(target, List.of()).stream()
        .filter(this::isFree)
        .findFirst()
        .or(() -> near(target));
  }

  /** Whether there is one that nobody else gets. */
  private boolean isFree(Answers one) {
    return !one.ready.isEmpty() || !over && one.left > one.asked.size();
  }

  private Optional<Answers> near(String target) {
    var named = moments.in(target);
    var others = named.isEmpty() ? null : alike.get(moments.without(target));
    if (others == null) return Optional.empty();
    long first = named.getFirst();
    return others
        .subMap(first - TapeMoments.NEAR, true, first + TapeMoments.NEAR, true)
        .values()
        .stream()
        .flatMap(List::stream)
        .filter(one -> isFree(one) && one.moments.size() == named.size())
        .filter(one -> one.distance(named) <= TapeMoments.NEAR)
        .min(Comparator.comparingLong(one -> one.distance(named)));
  }

  private static String target(String request) {
    int host = request.indexOf("://");
    int path = host < 0 ? -1 : request.indexOf('/', host + 3);
    return path < 0 ? request : request.substring(path);
  }

  private Answers of(TapeEntry entry) {
    var known = answers.get(TapeText.firstLine(entry));
    if (known == null) throw new IllegalStateException("The tape has changed meanwhile");
    return known;
  }

  /** Whether somebody waits for the entry. */
  boolean isAwaited(TapeEntry entry) {
    lock.lock();
    try {
      return !of(entry).asked.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Its time has come.
   *
   * @return whether the tape waits for who gets it
   */
  boolean give(TapeEntry entry) {
    Asked first;
    lock.lock();
    try {
      var to = of(entry);
      to.left--;
      first = to.asked.poll();
      if (first == null) to.ready.add(entry);
      else if (first.known) askers.goesOn();
    } finally {
      lock.unlock();
    }
    if (first == null) return false;
    first.answer.complete(entry);
    return first.known;
  }

  /** There will be no more. */
  void end() {
    List<Asked> waiting = new ArrayList<>();
    lock.lock();
    try {
      over = true;
      for (var one : answers.values()) {
        waiting.addAll(one.asked);
        one.asked.clear();
      }
    } finally {
      lock.unlock();
    }
    waiting.forEach(
        one -> one.answer.completeExceptionally(new NoSuchElementException("the tape has ended")));
  }
}
