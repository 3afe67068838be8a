package io.tradeflood.proxyter.hop;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Addresses for names. A name is asked for by one thread at a time, off the event loops, and its
 * answer is good for a while.
 */
public final class Names {
  private static final long GOOD_NANOS = 30_000_000_000L;
  private static final int MOST = 10_000;

  /** Asks for the addresses of a name; blocks. */
  @FunctionalInterface
  public interface Lookup {
    InetAddress[] of(String name) throws UnknownHostException;
  }

  private record Known(CompletableFuture<InetAddress[]> answer, long until) {}

  private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();
  private final Lookup lookup;
  private final LongSupplier nanos;

  public Names(Lookup lookup, LongSupplier nanos) {
    this.lookup = lookup;
    this.nanos = nanos;
  }

  /** The address, if the text is one. */
  public static Optional<InetAddress> literal(String host) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
    if (bytes == null) return Optional.empty();
    try {
      return Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 and 16 bytes are an address", e);
    }
  }

  /** The addresses of a name, or the failure to find any. */
  public CompletableFuture<InetAddress[]> resolve(String name) {
    Known found = known.get(name);
    if (found != null && found.until() - nanos.getAsLong() > 0) return found.answer();
    if (known.size() > MOST) known.clear();
    var fresh = new CompletableFuture<InetAddress[]>();
    known.put(name, new Known(fresh, nanos.getAsLong() + GOOD_NANOS));
    Thread.ofVirtual()
        .name("proxyter-name")
        .start(
            () -> {
              try {
                fresh.complete(lookup.of(name));
              } catch (UnknownHostException | RuntimeException e) {
                known.remove(name);
                fresh.completeExceptionally(e);
              }
            });
    return fresh;
  }
}
