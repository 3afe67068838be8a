package io.tradeflood.turn;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an implemented interface does when it is called. */
final class Implementation implements InvocationHandler {
  private static final Object[] NONE = {};

  private final Class<?> type;
  private final Object owner;
  private final Map<Method, Action> actions;

  /** Which method was called last; mostly it is called again. */
  private @Nullable Recent recent;

  private record Recent(Method method, Action action) {}

  private Implementation(Class<?> type, Object owner, Map<Method, Action> actions) {
    this.type = type;
    this.owner = owner;
    this.actions = actions;
  }

  static Implementation of(Blueprint blueprint, Object owner, Turns.Supply supply) {
    var actions = new HashMap<Method, Action>();
    var canonical = new Canonical();
    for (var method : blueprint.type().getMethods()) {
      var kind = blueprint.endpoints().get(method);
      var body = blueprint.bodies().get(method);
      if (kind != null && body != null) {
        var leaf = leaf(blueprint, owner, supply, method);
        var endpoint = new Endpoint(owner, method, kind, body, leaf);
        actions.put(method, new Write(blueprint.type(), method, endpoint, canonical));
      } else actions.put(method, plain(method, body, supply));
    }
    return new Implementation(blueprint.type(), owner, actions);
  }

  /** The object that the body of an endpoint sees: an endpoint is a leaf. */
  private static Object leaf(
      Blueprint blueprint, Object owner, Turns.Supply supply, Method running) {
    var actions = new HashMap<Method, Action>();
    for (var method : blueprint.type().getMethods())
      actions.put(
          method,
          blueprint.endpoints().containsKey(method)
              ? refusal(blueprint.type(), method, running)
              : plain(method, blueprint.bodies().get(method), supply));
    return Proxy.newProxyInstance(
        blueprint.type().getClassLoader(),
        new Class<?>[] {blueprint.type()},
        new Implementation(blueprint.type(), owner, actions));
  }

  private static Action refusal(Class<?> type, Method method, Method running) {
    return (_, _) -> {
      throw new Failure.Bug(
          "%s.%s was called inside the endpoint %s.%s, but an endpoint is a leaf: compose calls in a method without @TurnExecution"
              .formatted(
                  type.getSimpleName(), method.getName(), type.getSimpleName(), running.getName()));
    };
  }

  private static Action plain(Method method, @Nullable MethodHandle body, Turns.Supply supply) {
    if (body == null) return (_, arguments) -> supply.supply(method, List.of(arguments));
    return (self, arguments) -> (Object) body.invokeExact(self, arguments);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the object hands out one Method object for each method
  public @Nullable Object invoke(Object self, Method method, Object @Nullable [] given)
      throws Throwable {
    var arguments = given == null ? NONE : given;
    var latest = recent;
    if (latest == null || latest.method != method) {
      var action = actions.get(method);
      if (action == null) return ofObject(method, arguments);
      recent = latest = new Recent(method, action);
    }
    return latest.action.run(self, arguments);
  }

  /** The body that the method has here: it takes the object and the arguments as they are. */
  MethodHandle body(Method method) throws ReflectiveOperationException {
    return Blueprint.of(type).direct(method);
  }

  private Object ofObject(Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> isLike(arguments[0]);
      case "hashCode" -> type.hashCode() * 31 + owner.hashCode();
      default -> owner.toString();
    };
  }

  private boolean isLike(@Nullable Object other) {
    return other != null
        && Proxy.isProxyClass(other.getClass())
        && Proxy.getInvocationHandler(other) instanceof Implementation implementation
        && implementation.type == type
        && implementation.owner.equals(owner);
  }

  private interface Action {
    @Nullable Object run(Object self, Object[] arguments) throws Throwable;
  }

  /** Writes a call down. */
  private static final class Write implements Action {
    private final Class<?> type;
    private final Method method;
    private final Endpoint endpoint;
    private final Canonical canonical;
    private final Interned interned = new Interned();

    Write(Class<?> type, Method method, Endpoint endpoint, Canonical canonical) {
      this.type = type;
      this.method = method;
      this.endpoint = endpoint;
      this.canonical = canonical;
    }

    @Override
    public Call<?> run(Object self, Object[] arguments) {
      var next = interned.guess(arguments);
      if (next != null) return next;
      canonical.settle(arguments, type, method);
      int hash = endpoint.hash(arguments);
      if (endpoint.kind() == TurnExecution.Kind.WRITE)
        return new Call<>(endpoint, arguments, hash, Site.here());
      var same = interned.find(arguments, hash);
      if (same != null) return same;
      var call = new Call<>(endpoint, arguments, hash, endpoint.site());
      interned.add(call);
      return call;
    }
  }
}
