package io.tradeflood.net;

import io.tradeflood.net.TapeEntry.Kind;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The answers of a tape, each at its time; to equal requests in their order. A request is found by
 * its whole address, or, since hosts can be put in the place of others, by its path and query.
 */
final class TapeReplies {
  /** Guards all that follows. */
  private final ReentrantLock lock = new ReentrantLock();

  /** How many are still to come, by request. */
  private final Map<String, Integer> left = new HashMap<>();

  /** Those whose time has come and that nobody has asked for. */
  private final Map<String, Deque<TapeEntry>> ready = new HashMap<>();

  /** Who has asked and has no answer. */
  private final Map<String, Deque<CompletableFuture<TapeEntry>>> asked = new HashMap<>();

  private boolean over;

  /** The connections that were opened: connector and group, a line each. */
  private final Set<String> dialed = new LinkedHashSet<>();

  private TapeReplies() {}

  /** Looks a tape through. */
  static TapeReplies of(Path file) {
    var replies = new TapeReplies();
    try (var reader = new TapeReader(file)) {
      for (var entry = reader.next(); entry.isPresent(); entry = reader.next())
        if (entry.get().kind() == Kind.REPLY || entry.get().kind() == Kind.FAULT)
          replies.left.merge(TapeText.firstLine(entry.get()), 1, Integer::sum);
        else if (entry.get().kind() == Kind.DIAL) replies.dialed.add(TapeText.dialed(entry.get()));
    }
    return replies;
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
      var waiting = ready.getOrDefault(key, new ArrayDeque<>()).poll();
      if (waiting != null) answer.complete(waiting);
      else if (over || left.getOrDefault(key, 0) <= open(key).size())
        answer.completeExceptionally(new NoSuchElementException(request));
      else open(key).add(answer);
    } finally {
      lock.unlock();
    }
    return answer;
  }

  private Deque<CompletableFuture<TapeEntry>> open(String key) {
    return asked.computeIfAbsent(key, _ -> new ArrayDeque<>());
  }

  private String key(String request) {
    if (left.containsKey(request)) return request;
    String target = target(request);
    Optional<String> other =
        left.keySet().stream().filter(known -> target(known).equals(target)).findFirst();
    return other.orElse(request);
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
      if (first == null) ready.computeIfAbsent(key, _ -> new ArrayDeque<>()).add(entry);
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
