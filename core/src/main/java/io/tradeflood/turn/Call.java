package io.tradeflood.turn;

import java.lang.reflect.Method;
import java.util.List;

/**
 * A call that was written down: a connector, one of its endpoints, and the arguments. Two calls are
 * one when these are equal.
 *
 * @param <T> what the endpoint gives
 */
public final class Call<T> implements Turn<T> {
  private final Object owner;
  private final Method method;
  private final List<Object> arguments;

  Call(Object owner, Method method, List<Object> arguments) {
    this.owner = owner;
    this.method = method;
    this.arguments = arguments;
  }

  /** The endpoint's name. */
  public String endpoint() {
    return method.getName();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Call<?> call
        && owner.equals(call.owner)
        && method.equals(call.method)
        && arguments.equals(call.arguments);
  }

  @Override
  public int hashCode() {
    return (owner.hashCode() * 31 + method.hashCode()) * 31 + arguments.hashCode();
  }

  @Override
  public String toString() {
    return owner + "." + method.getName() + arguments;
  }
}
