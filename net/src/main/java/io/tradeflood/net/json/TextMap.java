package io.tradeflood.net.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values by texts, which a scanner looks up by the bytes that stand in the payload: no text is
 * made. For a few hundred texts that change seldom, such as the channels of a connection. Belongs
 * to one thread.
 *
 * @param <V> the values
 */
public final class TextMap<V> {
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final Map<String, V> all = new LinkedHashMap<>();
  private Entry<V>[] table = entries(8);

  private record Entry<V>(byte[] key, V value) {}

  @SuppressWarnings({"unchecked", "rawtypes"}) // arrays know no type parameters
  private static <V> Entry<V>[] entries(int length) {
    return (Entry<V>[]) new Entry[length];
  }

  /** Puts a value in the place of the one before it. */
  public void put(String text, V value) {
    all.put(text, Objects.requireNonNull(value));
    rebuild();
  }

  /** Takes a value away; nothing happens if there is none. */
  public void remove(String text) {
    if (all.remove(text) != null) rebuild();
  }

  /** Takes all away. */
  public void clear() {
    all.clear();
    rebuild();
  }

  private void rebuild() {
    int length = Math.max(8, Integer.highestOneBit(Math.max(1, all.size())) << 2);
    Entry<V>[] fresh = entries(length);
    all.forEach(
        (text, value) -> {
          byte[] key = text.getBytes(StandardCharsets.UTF_8);
          int place = hash(key, 0, key.length) & length - 1;
          while (fresh[place] != null) place = place + 1 & length - 1;
          fresh[place] = new Entry<>(key, value);
        });
    table = fresh;
  }

  /** The value; null if there is none. */
  public @Nullable V get(String text) {
    return all.get(text);
  }

  /** The values, in the order in which their texts were first put. */
  public Collection<V> values() {
    return Collections.unmodifiableCollection(all.values());
  }

  /** How many there are. */
  public int size() {
    return all.size();
  }

  /** The value of the text that these bytes are; null if there is none. */
  @Nullable V at(byte[] bytes, int from, int to) {
    Entry<V>[] entries = table;
    int place = hash(bytes, from, to) & entries.length - 1;
    for (Entry<V> entry = entries[place]; entry != null; entry = entries[place]) {
      byte[] key = entry.key;
      if (key.length == to - from && Arrays.equals(key, 0, key.length, bytes, from, to))
        return entry.value;
      place = place + 1 & entries.length - 1;
    }
    return null;
  }

  private static int hash(byte[] bytes, int from, int to) {
    long mixed = to - from;
    for (int at = from; at < to; at += Long.BYTES)
      mixed = (Long.rotateLeft(mixed, 29) ^ Swar.load(bytes, at, to)) * MIX;
    return (int) (mixed >>> 40);
  }
}
