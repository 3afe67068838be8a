package io.tradeflood.turn;

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
