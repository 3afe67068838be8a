package io.tradeflood.turn;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the line that plans something. Looking for it costs more than all else of a call. */
final class Site {
  private static final StackWalker STACK =
      StackWalker.getInstance(Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE), 8);

  /** The classes between what is written down and the line that does it. */
  private static final Set<String> OURS =
      Set.of(
          Site.class.getName(),
          Implementation.class.getName(),
          Endpoint.class.getName(),
          Turn.class.getName());

  /** Whether the lines of a class plan; told by its name, once for each class. */
  private static final ClassValue<Boolean> PLANS =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isPlanner(type.getName());
        }
      };

  private Site() {}

  static StackWalker.@Nullable StackFrame here() {
    return STACK.walk(
        frames -> {
          for (var all = frames.iterator(); all.hasNext(); ) {
            var frame = all.next();
            if (PLANS.get(frame.getDeclaringClass())) return frame;
          }
          return null;
        });
  }

  private static boolean isPlanner(String name) {
    if (name.startsWith("java.") || name.contains("$Proxy")) return false;
    int nested = name.indexOf('$');
    return !OURS.contains(nested < 0 ? name : name.substring(0, nested));
  }

  static boolean isSame(StackWalker.StackFrame one, StackWalker.StackFrame other) {
    return one.getByteCodeIndex() == other.getByteCodeIndex()
        && one.getClassName().equals(other.getClassName())
        && one.getMethodName().equals(other.getMethodName());
  }

  static String text(StackWalker.StackFrame frame) {
    return frame.getFileName() + ":" + frame.getLineNumber();
  }
}
