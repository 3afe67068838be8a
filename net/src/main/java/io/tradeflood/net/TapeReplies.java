package io.tradeflood.net;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The answers of a tape, each at its time; to equal requests in their order. A request is found by
 * its whole address, or, since hosts can be put in the place of others, by its path and query. One
 * that nobody made when it was recorded gets the next answer to one that names moments next to its
 * own: what is fetched behind a break reaches up to the moment when it is asked for.
 */
final class TapeReplies {
  /** Guards all that follows. */
  private final ReentrantLock lock = new ReentrantLock();

  /** How many are still to come, by request. */
  private final Map<String, Integer> left = new HashMap<>();

  /** The requests whose answers nobody has got yet, without numbers and moments. */
  private final Map<String, Deque<String>> alike = new HashMap<>();

  /** Those whose time has come and that nobody has asked for. */
  private final Map<String, Deque<TapeEntry>> ready = new HashMap<>();

  /** Who has asked and has no answer. */
  private final Map<String, Deque<CompletableFuture<TapeEntry>>> asked = new HashMap<>();

  private boolean over;

  /** The connections that were opened: connector and group, a line each. */
  private final Set<String> dialed = new LinkedHashSet<>();

  /** When the tape begins, in nanoseconds since 1970; 0 if nothing is on it. */
  private long begin;

  private final TapeAskers askers;

  private TapeReplies(TapeAskers askers) {
    this.askers = askers;
  }

  /** Looks a tape through. */
  static TapeReplies of(Path file, TapeAskers askers) {
    var replies = new TapeReplies(askers);
    try (var reader = new TapeReader(file)) {
      var entry = reader.next();
      replies.begin = entry.map(TapeEntry::nanos).orElse(0L);
      for (; entry.isPresent(); entry = reader.next())
        switch (entry.get().kind()) {
          case REPLY, FAULT -> replies.announce(TapeText.firstLine(entry.get()));
          case DIAL -> replies.dialed.add(TapeText.dialed(entry.get()));
          case OPEN, SENT, GOT, PING, PONG, END, SHUT -> {}
        }
    }
    return replies;
  }

  private void announce(String request) {
    left.merge(request, 1, Integer::sum);
    alike(request).add(request);
  }

  private Deque<String> alike(String request) {
    return alike.computeIfAbsent(TapeText.timeless(target(request)), _ -> new ArrayDeque<>());
  }

  /** When the tape begins, in nanoseconds since 1970; 0 if nothing is on it. */
  long begin() {
    return begin;
  }

  /** The connections that were opened, as {@link TapeText#dialed} has them. */
  Set<String> dialed() {
    return dialed;
  }

  /** The answer, when its time has come; fails if there is none. */
  CompletableFuture<TapeEntry> ask(String request) {
    var answer = new CompletableFuture<TapeEntry>();
    lock.lock();
    try {
      String key = key(request);
      var waiting = ready(key).poll();
      if (waiting != null) {
        alike(key).remove(key);
        answer.complete(waiting);
      } else if (isLeft(key)) {
        open(key).add(answer);
        askers.waits();
      } else answer.completeExceptionally(new NoSuchElementException(request));
    } finally {
      lock.unlock();
    }
    return answer;
  }

  private Deque<CompletableFuture<TapeEntry>> open(String key) {
    return asked.computeIfAbsent(key, _ -> new ArrayDeque<>());
  }

  private Deque<TapeEntry> ready(String key) {
    return ready.computeIfAbsent(key, _ -> new ArrayDeque<>());
  }

  /** Whether an answer is still to come that nobody waits for. */
  private boolean isLeft(String key) {
    return !over && left.getOrDefault(key, 0) > open(key).size();
  }

  /** The request that was made when it was recorded; the same one if there is none. */
  private String key(String request) {
    if (isFree(request)) return request;
    String target = target(request);
    var free = alike(request).stream().filter(this::isFree).toList();
    return free.stream()
        .filter(one -> target(one).equals(target))
        .findFirst()
        .or(() -> free.stream().filter(one -> TapeText.isNear(target(one), target)).findFirst())
        .orElse(request);
  }

  private boolean isFree(String key) {
    return !ready(key).isEmpty() || isLeft(key);
  }

  private static String target(String request) {
    int host = request.indexOf("://");
    int path = host < 0 ? -1 : request.indexOf('/', host + 3);
    return path < 0 ? request : request.substring(path);
  }

  /** Whether somebody waits for the entry. */
  boolean isAwaited(TapeEntry entry) {
    lock.lock();
    try {
      return !open(TapeText.firstLine(entry)).isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Its time has come. */
  void give(TapeEntry entry) {
    CompletableFuture<TapeEntry> first;
    lock.lock();
    try {
      String key = TapeText.firstLine(entry);
      left.merge(key, -1, Integer::sum);
      first = open(key).poll();
      if (first == null) ready(key).add(entry);
      else {
        alike(key).remove(key);
        askers.goesOn();
      }
    } finally {
      lock.unlock();
    }
    if (first != null) first.complete(entry);
  }

  /** There will be no more. */
  void end() {
    List<CompletableFuture<TapeEntry>> waiting = new ArrayList<>();
    lock.lock();
    try {
      over = true;
      asked.values().forEach(waiting::addAll);
      asked.clear();
    } finally {
      lock.unlock();
    }
    waiting.forEach(
        one -> one.completeExceptionally(new NoSuchElementException("the tape has ended")));
  }
}
