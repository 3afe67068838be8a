package io.tradeflood.turn;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an interface says about its methods, read once for each interface. */
final class Blueprint {
  /** Kept as long as the interface itself. */
  private static final ClassValue<Blueprint> READ =
      new ClassValue<>() {
        @Override
        protected Blueprint computeValue(Class<?> type) {
          return new Blueprint(type);
        }
      };

  private final Class<?> type;
  private final List<String> problems = new ArrayList<>();
  private final Map<Method, MethodHandle> bodies = new HashMap<>();
  private final Map<Method, TurnExecution.Kind> endpoints = new LinkedHashMap<>();

  private Blueprint(Class<?> type) {
    this.type = type;
    if (!type.isInterface()) {
      problems.add(
          "A connector must be an interface, but %s is a class".formatted(type.getSimpleName()));
      return;
    }
    var methods =
        Arrays.stream(type.getMethods())
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .sorted(
                Comparator.comparing(Method::getName)
                    .thenComparing(method -> Arrays.toString(method.getParameterTypes()))
                    .thenComparing(method -> method.getReturnType().getName()))
            .toList();
    methods.forEach(this::read);
    doubles(methods);
  }

  static Blueprint of(Class<?> type) {
    return READ.get(type);
  }

  Class<?> type() {
    return type;
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  /** Of each method with a body: it takes the object and an array of arguments. */
  Map<Method, MethodHandle> bodies() {
    return bodies;
  }

  Map<Method, TurnExecution.Kind> endpoints() {
    return endpoints;
  }

  private void read(Method method) {
    if (method.isDefault()) body(method).ifPresent(body -> bodies.put(method, body));
    if (method.isBridge()) return; // it calls the method that it bridges to, through the object
    kind(type, method)
        .ifPresent(
            kind -> {
              endpoints.put(method, kind);
              if (method.getReturnType() != Turn.class)
                problem(
                    "A @TurnExecution method must return Turn<...>, but returns "
                        + method.getReturnType().getSimpleName(),
                    method);
              if (!method.isDefault())
                problem("A @TurnExecution method must have a body, but has none", method);
            });
  }

  private void problem(String what, Method method) {
    problems.add(what + "\n    for method " + type.getSimpleName() + "." + method.getName());
  }

  private void doubles(List<Method> methods) {
    var seen = new HashMap<List<Object>, Method>();
    for (var method : methods) {
      if (!method.isDefault() || method.isBridge()) continue;
      var other =
          seen.put(List.of(method.getName(), Arrays.asList(method.getParameterTypes())), method);
      if (other != null && other.getReturnType() == method.getReturnType())
        problem(
            "%s and %s both have a body for it: override it"
                .formatted(
                    other.getDeclaringClass().getSimpleName(),
                    method.getDeclaringClass().getSimpleName()),
            method);
    }
  }

  private Optional<MethodHandle> body(Method method) {
    var declared = method.getDeclaringClass();
    try {
      return Optional.of(
          special(method)
              .asFixedArity()
              .asType(MethodType.genericMethodType(method.getParameterCount() + 1))
              .asSpreader(Object[].class, method.getParameterCount()));
    } catch (IllegalAccessException e) {
      problem(
          "%s is closed to TradeFlood: let its module open the package %s (%s)"
              .formatted(declared.getSimpleName(), declared.getPackageName(), e.getMessage()),
          method);
      return Optional.empty();
    }
  }

  private static MethodHandle special(Method method) throws IllegalAccessException {
    var declared = method.getDeclaringClass();
    return MethodHandles.privateLookupIn(declared, MethodHandles.lookup())
        .unreflectSpecial(method, declared);
  }

  /**
   * The body of a method, or of the one that overrides it here: it takes the object and the
   * arguments as they are.
   *
   * @throws IllegalArgumentException if it is an endpoint, or has no body
   */
  MethodHandle direct(Method declared) throws ReflectiveOperationException {
    var method = type.getMethod(declared.getName(), declared.getParameterTypes());
    if (!bodies.containsKey(method) || endpoints.containsKey(method))
      throw new IllegalArgumentException(
          "%s.%s has no body that could be called by itself"
              .formatted(type.getSimpleName(), method.getName()));
    return special(method);
  }

  /** An override of an endpoint is an endpoint of the same kind; it need not say so again. */
  private static Optional<TurnExecution.Kind> kind(Class<?> type, Method method) {
    try {
      var here = type.getDeclaredMethod(method.getName(), method.getParameterTypes());
      var mark = here.getAnnotation(TurnExecution.class);
      if (mark != null) return Optional.of(mark.value());
    } catch (NoSuchMethodException e) {
      // not declared here, perhaps above
    }
    for (var above : type.getInterfaces()) {
      var found = kind(above, method);
      if (found.isPresent()) return found;
      for (var bridge : type.getDeclaredMethods())
        if (bridge.isBridge() && bridges(bridge, method)) {
          found = kind(above, bridge);
          if (found.isPresent()) return found;
        }
    }
    return Optional.empty();
  }

  /** Whether one stands in for the other where a type parameter has been filled in. */
  private static boolean bridges(Method bridge, Method method) {
    if (!bridge.getName().equals(method.getName())
        || bridge.getParameterCount() != method.getParameterCount()
        || Arrays.equals(bridge.getParameterTypes(), method.getParameterTypes())) return false;
    for (int i = 0; i < method.getParameterCount(); i++)
      if (!bridge.getParameterTypes()[i].isAssignableFrom(method.getParameterTypes()[i]))
        return false;
    return true;
  }
}
