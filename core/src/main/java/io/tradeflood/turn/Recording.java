package io.tradeflood.turn;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The answers of a run, before they were read, by the text of their calls. Thread-safe. */
public final class Recording {
  private final Map<String, Object> answers = new ConcurrentHashMap<>();

  /** With these answers, as {@link #answers} gave them. */
  public static Recording of(Map<String, Object> answers) {
    var recording = new Recording();
    recording.answers.putAll(answers);
    return recording;
  }

  /**
   * What was answered, by the text of the call, sorted: the raw answer, or the {@link Failure} with
   * which it failed. A call's second act has {@code #1} behind the text, and so on.
   */
  public Map<String, Object> answers() {
    return Collections.unmodifiableMap(new TreeMap<>(answers));
  }

  void put(Call<?> call, int ordinal, Object answer) {
    answers.put(key(call, ordinal), answer);
  }

  Optional<Object> answer(Call<?> call, int ordinal) {
    return Optional.ofNullable(answers.get(key(call, ordinal)));
  }

  private static String key(Call<?> call, int ordinal) {
    return ordinal == 0 ? call.toString() : call + "#" + ordinal;
  }
}
