package io.tradeflood.index;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a type says for the type parameters of one of its super-interfaces. */
final class GenericTypes {
  private GenericTypes() {}

  /**
   * The classes that stand for the parameters of the super-interface, in their order, whatever lies
   * between; empty if the type leaves one of them open.
   */
  static Optional<List<Class<?>>> arguments(Class<?> type, Class<?> generic) {
    return find(type, Map.of(), generic)
        .map(
            types -> {
              var classes = new ArrayList<Class<?>>();
              for (Type argument : types) raw(argument).ifPresent(classes::add);
              return List.<Class<?>>copyOf(classes);
            })
        .filter(classes -> classes.size() == generic.getTypeParameters().length);
  }

  private static Optional<List<Type>> find(
      Class<?> type, Map<TypeVariable<?>, Type> known, Class<?> generic) {
    if (type == generic) {
      var found = new ArrayList<Type>();
      for (TypeVariable<?> variable : generic.getTypeParameters())
        found.add(known.getOrDefault(variable, variable));
      return Optional.of(found);
    }
    Optional<List<Type>> open = Optional.empty();
    for (Type parent : type.getGenericInterfaces()) {
      Optional<List<Type>> found =
          parent instanceof ParameterizedType parameterized
              ? find((Class<?>) parameterized.getRawType(), said(parameterized, known), generic)
              : find((Class<?>) parent, Map.of(), generic);
      if (found.isEmpty()) continue;
      if (found.get().stream().allMatch(t -> raw(t).isPresent())) return found;
      open = found;
    }
    return open;
  }

  private static Map<TypeVariable<?>, Type> said(
      ParameterizedType type, Map<TypeVariable<?>, Type> known) {
    var said = new HashMap<TypeVariable<?>, Type>();
    TypeVariable<?>[] variables = ((Class<?>) type.getRawType()).getTypeParameters();
    for (int i = 0; i < variables.length; i++) {
      Type argument = type.getActualTypeArguments()[i];
      said.put(
          variables[i],
          argument instanceof TypeVariable<?> open ? known.getOrDefault(open, open) : argument);
    }
    return said;
  }

  private static Optional<Class<?>> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> Optional.of(plain);
      case ParameterizedType parameterized -> Optional.of((Class<?>) parameterized.getRawType());
      default -> Optional.empty();
    };
  }
}
