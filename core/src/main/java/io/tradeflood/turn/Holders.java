package io.tradeflood.turn;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The askers that hold a subscription, until nobody does: from then on nobody can any more. An
 * asker that is over holds nothing, whenever it came.
 */
final class Holders {
  /** Guards all that follows; nothing else is locked while it is held. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Set<Scope> scopes = new HashSet<>();
  private boolean free;

  /**
   * @param first holds it before it is begun: it may be open before the first has joined
   */
  Holders(Scope first) {
    scopes.add(first);
  }

  /** One more; false if it is too late. */
  boolean add(Scope scope) {
    lock.lock();
    try {
      if (!free) scopes.add(scope);
      return !free;
    } finally {
      lock.unlock();
    }
  }

  /** Frees it if nobody holds it any more; true for who did. */
  boolean free() {
    lock.lock();
    try {
      scopes.removeIf(scope -> scope.over);
      if (free || !scopes.isEmpty()) return false;
      free = true;
      return true;
    } finally {
      lock.unlock();
    }
  }
}
