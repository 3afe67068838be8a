package io.tradeflood.turn;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/** Implements connectors: their endpoints write calls down, their other methods run. */
public final class Turns {
  private static final int LONGEST = 80;

  private Turns() {}

  /** Supplies what the abstract methods of an implemented interface return. */
  @FunctionalInterface
  public interface Supply {
    /**
     * What the method returns.
     *
     * @param method an abstract method that is no endpoint
     * @param arguments what it was called with
     */
    Object supply(Method method, List<Object> arguments);
  }

  /**
   * Implements an interface. Its methods marked {@link TurnExecution}, and those that override such
   * ones, write calls down; other methods with a body run; abstract ones are supplied. Two objects
   * of one interface and equal owners are equal.
   *
   * @param owner part of the key of each call: the connector and the tenant whose credentials it
   *     carries; a value whose text names the connector, such as {@code binance.spot-rest}
   * @throws IllegalArgumentException if the interface has {@link #problems}; the message has all
   */
  public static <T> T implement(Class<T> type, Object owner, Supply supply) {
    var blueprint = Blueprint.of(type);
    if (!blueprint.problems().isEmpty())
      throw new IllegalArgumentException(String.join("\n", blueprint.problems()));
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            Implementation.of(blueprint, owner, supply)));
  }

  /**
   * What keeps an interface from being implemented, each in words for its author; empty if nothing.
   */
  public static List<String> problems(Class<?> type) {
    return Blueprint.of(type).problems();
  }

  /**
   * The body of a method of an {@link #implement implemented} object, bound to it. A call of the
   * object makes an array of the arguments; a call of the body makes nothing, which counts for what
   * is called a million times a second.
   *
   * @param implemented whose method it is; of an object of any other class it is the method itself
   * @param method a method with a body that is no endpoint, named as in the interface that declares
   *     it
   * @throws IllegalArgumentException if it is an endpoint, or has no body
   */
  public static MethodHandle body(Object implemented, Method method) {
    try {
      if (Proxy.isProxyClass(implemented.getClass())
          && Proxy.getInvocationHandler(implemented) instanceof Implementation implementation)
        return implementation.body(method).bindTo(implemented);
      return MethodHandles.publicLookup().unreflect(method).bindTo(implemented);
    } catch (ReflectiveOperationException closed) {
      throw new IllegalArgumentException(
          "%s.%s cannot be called: %s"
              .formatted(
                  method.getDeclaringClass().getSimpleName(),
                  method.getName(),
                  closed.getMessage()),
          closed);
    }
  }

  /** Values may be whole pages of rows; their hash keeps different ones apart. */
  private static String shortened(String value) {
    return value.length() <= LONGEST
        ? value
        : value.substring(0, LONGEST / 2) + "... #" + Integer.toHexString(value.hashCode());
  }

  /** Writes a turn as text that is the same whenever it is planned: lambdas have no name. */
  static void write(Turn<?> turn, StringBuilder text) {
    int steps = 0;
    var at = turn;
    while (true) {
      switch (at) {
        case Turn.Then<?, ?> then -> {
          steps++;
          at = then.source();
          continue;
        }
        case Turn.Recover<?> recover -> {
          steps++;
          at = recover.source();
          continue;
        }
        case Turn.OrFrom<?, ?> orFrom -> {
          at = orFrom.single();
          continue;
        }
        case Call<?> call -> text.append(call);
        case Turn.Now<?>(var value) -> text.append(shortened(String.valueOf(value)));
        case Turn.Effect<?, ?> _ -> text.append("an act");
        case Turn.All<?> all -> {
          text.append('[');
          for (int i = 0; i < all.turns().size(); i++) {
            if (i > 0) text.append(", ");
            write(all.turns().get(i), text);
          }
          text.append(']');
        }
      }
      if (steps > 0) text.append(" and ").append(steps).append(steps == 1 ? " step" : " steps");
      return;
    }
  }
}
