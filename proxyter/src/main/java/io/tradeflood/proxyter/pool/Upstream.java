package io.tradeflood.proxyter.pool;

import io.tradeflood.proxyter.config.Settings;
import java.nio.charset.StandardCharsets;

/**
 * A proxy at work: what was declared of it, and what it carries. It outlives a change of its
 * declaration as long as its id stays; the load is handed on.
 */
public final class Upstream {
  private final Settings.Proxy settings;
  private final Load load;
  private final long hash;

  public Upstream(Settings.Proxy settings) {
    this(settings, new Load());
  }

  private Upstream(Settings.Proxy settings, Load load) {
    this.settings = settings;
    this.load = load;
    this.hash = mix(settings.id());
  }

  /** The same proxy under a changed declaration. */
  public Upstream with(Settings.Proxy changed) {
    return changed.equals(settings) ? this : new Upstream(changed, load);
  }

  public String id() {
    return settings.id();
  }

  public Settings.Proxy settings() {
    return settings;
  }

  public Load load() {
    return load;
  }

  /** How much this proxy wants a session: the proxy that wants it most serves it. */
  long affinity(long session) {
    return scramble(session ^ hash);
  }

  /** A number for a name, the same on every machine and after every restart. */
  static long mix(String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) hash = (hash ^ b & 0xff) * 0x100000001b3L;
    return scramble(hash);
  }

  private static long scramble(long x) {
    x = (x ^ x >>> 33) * 0xff51afd7ed558ccdL;
    x = (x ^ x >>> 33) * 0xc4ceb9fe1a85ec53L;
    return x ^ x >>> 33;
  }

  @Override
  public String toString() {
    return id();
  }
}
