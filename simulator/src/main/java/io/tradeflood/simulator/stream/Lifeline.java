package io.tradeflood.simulator.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;

/** Says when a connection is to be pinged and when it ends. Times are of the limits' clock. */
final class Lifeline {
  private static final long SECOND = 1000;

  private final Rules rules;
  private final boolean oldByChaos;
  private final long openedAt;
  private final long dropAt;
  private final ArrayDeque<Long> heard = new ArrayDeque<>();
  private long pingedAt;
  private long pongDue = Long.MAX_VALUE;
  private long aliveAt;
  private boolean noticed;

  /** What is to be done. */
  enum Need {
    NOTHING,
    PING,
    /** The end is near, which some exchanges tell. */
    NOTICE,
    /** The connection ends without a word. */
    DROP,
    /** It ends since no pong came. */
    UNANSWERED,
    /** It ends since the client left out what keeps it alive. */
    SILENT,
    /** It ends since it has lived long enough. */
    OLD
  }

  Lifeline(Rules rules, Fates fates, String path, long now) {
    Optional<Duration> lifetime = fates.lifetime(path);
    this.rules = lifetime.map(rules::withLifetime).orElse(rules);
    this.oldByChaos = lifetime.isPresent();
    this.openedAt = now;
    this.pingedAt = now;
    this.aliveAt = now;
    this.dropAt = fates.disconnect(path).map(time -> now + time.toMillis()).orElse(Long.MAX_VALUE);
  }

  /** What is to be done now; one thing at a time. */
  Need need(long now) {
    if (now >= dropAt) {
      return Need.DROP;
    }
    if (now >= pongDue) {
      return Need.UNANSWERED;
    }
    if (isOver(rules.silence(), aliveAt, now)) {
      return Need.SILENT;
    }
    if (isOver(rules.lifetime(), openedAt, now)) {
      return Need.OLD;
    }
    if (!noticed && isOver(rules.lifetime(), openedAt, now + rules.notice().toMillis())) {
      noticed = true;
      return Need.NOTICE;
    }
    if (isOver(rules.ping(), pingedAt, now)) {
      pingedAt = now;
      pongDue = Math.min(pongDue, now + rules.pong().toMillis());
      return Need.PING;
    }
    return Need.NOTHING;
  }

  private static boolean isOver(Optional<Duration> time, long since, long now) {
    return time.isPresent() && now - since >= time.get().toMillis();
  }

  /** Whether it is chaos that lets a connection be old so early. */
  boolean isOldByChaos() {
    return oldByChaos;
  }

  /** A pong came. */
  void ponged() {
    pongDue = Long.MAX_VALUE;
  }

  /** The client did what keeps the connection alive. */
  void alive(long now) {
    aliveAt = now;
  }

  /** Counts something that the client said; whether that was too much within a second. */
  boolean isTooMuch(long now) {
    heard.addLast(now);
    while (heard.getFirst() <= now - SECOND) {
      heard.removeFirst();
    }
    return heard.size() > rules.messages();
  }
}
