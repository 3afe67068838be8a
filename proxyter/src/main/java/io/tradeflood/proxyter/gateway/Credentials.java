package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.payload.Identity;
import io.tradeflood.proxyter.payload.Payload;
import io.tradeflood.proxyter.payload.PayloadException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients in. Credentials that were good are remembered, so that those of a busy client are
 * read once; of one event loop.
 */
final class Credentials {
  private static final int SLOTS = 256;

  /** The type of who names none: it leaves by the route {@code *}. */
  private static final String NO_TYPE = "default";

  /** Letting in, or a word on why not. */
  sealed interface Answer {
    record In(Admission admission) implements Answer {}

    record Out(Refusal refusal) implements Answer {}
  }

  private record Known(byte[] text, Answer.In answer) {}

  private final Engine engine;
  private @Nullable Known[] known = new Known[SLOTS];
  private @Nullable Snapshot knownUnder;

  Credentials(Engine engine) {
    this.engine = engine;
  }

  /**
   * By the value of a header.
   *
   * @param listenerPayload what the listener stands for
   */
  Answer header(Optional<String> value, Optional<String> listenerPayload) {
    if (value.isEmpty()) return without(listenerPayload);
    Snapshot snapshot = engine.snapshot();
    if (snapshot != knownUnder) {
      known = new Known[SLOTS];
      knownUnder = snapshot;
    }
    String text = value.get();
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int slot = text.hashCode() & SLOTS - 1;
    Known found = known[slot];
    // The comparison takes as long for a good guess as for a bad one.
    if (found != null && MessageDigest.isEqual(found.text(), bytes)) return found.answer();
    Answer answer;
    try {
      answer = identity(Identity.ofHeader(text));
    } catch (PayloadException e) {
      return new Answer.Out(Refusal.malformed(String.valueOf(e.getMessage())));
    }
    if (answer instanceof Answer.In in) known[slot] = new Known(bytes, in);
    return answer;
  }

  /** By what a port stands for, or, where nobody need say who it is, by nothing. */
  Answer without(Optional<String> listenerPayload) {
    if (listenerPayload.isEmpty() && engine.snapshot().needsSecret())
      return new Answer.Out(
          Refusal.unauthenticated("credentials PAYLOAD:SECRET are needed, such as binance:SECRET"));
    return admit(ClientPlan.ANYBODY, listenerPayload.orElse(NO_TYPE));
  }

  Answer identity(Identity identity) {
    Snapshot snapshot = engine.snapshot();
    if (!snapshot.needsSecret()) return admit(ClientPlan.ANYBODY, identity.payload());
    Optional<ClientPlan> client =
        snapshot.client(identity.secret().getBytes(StandardCharsets.UTF_8));
    return client.isPresent()
        ? admit(client.get(), identity.payload())
        : new Answer.Out(Refusal.unauthenticated("the secret is no client's"));
  }

  private Answer admit(ClientPlan client, String text) {
    Snapshot snapshot = engine.snapshot();
    Payload payload;
    try {
      payload = Payload.parse(text);
    } catch (PayloadException e) {
      return new Answer.Out(Refusal.malformed(String.valueOf(e.getMessage())));
    }
    Optional<RoutePlan> route = snapshot.route(payload.type());
    if (route.isEmpty())
      return new Answer.Out(
          Refusal.denied("type '%s' has no route: add one, or *".formatted(payload.type())));
    Optional<String> wrong = snapshot.wrongGroup(payload, route.get());
    return wrong.isPresent()
        ? new Answer.Out(Refusal.malformed(wrong.get()))
        : new Answer.In(new Admission(snapshot, client, payload, route.get()));
  }
}
