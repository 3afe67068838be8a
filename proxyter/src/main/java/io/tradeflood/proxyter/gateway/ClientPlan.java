package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.config.Settings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A client with its limits. */
record ClientPlan(String name, byte[] secret, Scope scope) {
  /** Whoever comes in where nobody needs to say who it is. */
  static final ClientPlan ANYBODY = new ClientPlan("", new byte[0], Scope.NONE);

  static ClientPlan of(Settings.Client client, LimitBook book) {
    return new ClientPlan(
        client.name(),
        client.secret().getBytes(StandardCharsets.UTF_8),
        book.scope("client:" + client.name(), client.limits()));
  }

  /** Compares in a time that does not tell where they differ. */
  boolean isSecret(byte[] given) {
    return MessageDigest.isEqual(secret, given);
  }

  @Override
  public String toString() {
    return "ClientPlan[" + name + "]";
  }
}
