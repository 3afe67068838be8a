package io.tradeflood.net;

import io.tradeflood.proxy.Route;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The tunnels by Proxyter, each with a name of ours, by which Proxyter is told what was seen on it.
 * The HTTP library keeps connections by their credentials and shows neither which one a request
 * takes nor what the proxy answered when it was opened; so each name is part of credentials of its
 * own, is lent to one request at a time, or to a few where the exchange speaks HTTP/2, and stands
 * for one connection.
 */
final class Tunnels {
  /** Requests at once in one connection of HTTP/2. */
  private static final int STREAMS = 16;

  /** What waits to be told with the next tunnel; older words are dropped. */
  private static final int WORDS = 64;

  private final String prefix;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock, like all below; by whom a tunnel leads to and by which way. */
  private final Map<Place, List<Tunnel>> open = new HashMap<>();

  private final Map<String, Egress> ways = new HashMap<>();
  private final Deque<Word> words = new ArrayDeque<>();
  private long made;

  private record Place(Address address, Egress egress) {}

  /** What is to be told to a Proxyter at its door. */
  private record Word(String proxyter, String text, long until) {}

  /**
   * A name and the credentials it is part of.
   *
   * @param payload what Proxyter is told
   */
  record Pass(String id, String payload) {}

  private static final class Tunnel {
    final Pass pass;
    int requests;
    boolean shared;

    Tunnel(Pass pass) {
      this.pass = pass;
    }

    boolean hasRoom() {
      return requests < (shared ? STREAMS : 1);
    }
  }

  /**
   * @param prefix with which the names of this process begin, so that they are nobody else's
   */
  Tunnels(String prefix) {
    this.prefix = prefix;
  }

  /** A tunnel that has room, an old one if possible. */
  Pass take(Address address, Egress egress, Route.Proxyter proxyter, long now) {
    lock.lock();
    try {
      var all = open.computeIfAbsent(new Place(address, egress), _ -> new ArrayList<>());
      var free = all.stream().filter(Tunnel::hasRoom).findFirst();
      var tunnel = free.orElseGet(() -> make(all, egress, proxyter, now));
      tunnel.requests++;
      return tunnel.pass;
    } finally {
      lock.unlock();
    }
  }

  private Tunnel make(List<Tunnel> all, Egress egress, Route.Proxyter proxyter, long now) {
    String id = prefix + "-" + ++made;
    var word = word(proxyter.address().toString(), now);
    // A word is part of the credentials, so it would be told again whenever the connection is
    // opened again: the tunnel that carries it serves once.
    var tunnel = new Tunnel(new Pass(id, egress.payload(proxyter, id, word)));
    if (word.isEmpty()) {
      all.add(tunnel);
      ways.put(id, egress);
    }
    return tunnel;
  }

  /** What is to be told to the Proxyter with a tunnel that is opened now; taken by who asks. */
  Optional<String> word(Route.Proxyter proxyter, long now) {
    lock.lock();
    try {
      return word(proxyter.address().toString(), now);
    } finally {
      lock.unlock();
    }
  }

  private Optional<String> word(String proxyter, long now) {
    words.removeIf(word -> word.until() <= now);
    var next = words.stream().filter(word -> word.proxyter().equals(proxyter)).findFirst();
    next.ifPresent(words::remove);
    return next.map(Word::text);
  }

  /**
   * The request is over.
   *
   * @param shared whether the connection takes several at once
   */
  void giveBack(Address address, Egress egress, Pass pass, boolean shared) {
    lock.lock();
    try {
      for (var tunnel : open.getOrDefault(new Place(address, egress), List.of()))
        if (tunnel.pass.equals(pass)) {
          tunnel.requests--;
          tunnel.shared |= shared;
        }
    } finally {
      lock.unlock();
    }
  }

  /** The way that the tunnel leads by; empty if it is not used any more. */
  Optional<Egress> way(String id) {
    lock.lock();
    try {
      return Optional.ofNullable(ways.get(id));
    } finally {
      lock.unlock();
    }
  }

  /** Not used any more: the next request opens another. */
  void leave(String id) {
    lock.lock();
    try {
      ways.remove(id);
      open.values().forEach(all -> all.removeIf(tunnel -> tunnel.pass.id().equals(id)));
    } finally {
      lock.unlock();
    }
  }

  /**
   * To be told with the next tunnel that is opened, if that is before the time.
   *
   * @param text the value of {@code fb}
   */
  void tell(Route.Proxyter proxyter, String text, long until) {
    lock.lock();
    try {
      if (words.size() == WORDS) words.removeFirst();
      words.addLast(new Word(proxyter.address().toString(), text, until));
    } finally {
      lock.unlock();
    }
  }
}
