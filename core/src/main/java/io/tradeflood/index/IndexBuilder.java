package io.tradeflood.index;

import io.tradeflood.binding.Binding;
import io.tradeflood.binding.Replaces;
import io.tradeflood.connector.Connector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds connectors and bindings, lets them replace each other, and makes the index. */
public final class IndexBuilder {
  private final Map<String, Candidate> candidates = new LinkedHashMap<>();
  private final Map<String, Class<?>> loaded = new LinkedHashMap<>();
  private final List<String> used = new ArrayList<>();
  private final List<String> left = new ArrayList<>();

  /** Looks at everything that the class loader sees on the class path. */
  public IndexBuilder scan(ClassLoader loader) {
    return scan(Scan.placesOf(loader), loader);
  }

  /** Looks at these folders and jars, whose classes the loader loads. */
  public IndexBuilder scan(List<Path> places, ClassLoader loader) {
    for (Candidate found : Scan.of(places, loader)) candidates.putIfAbsent(found.name(), found);
    return this;
  }

  /** Takes these connectors and bindings, without looking for any. */
  public IndexBuilder add(Class<?>... types) {
    for (Class<?> type : types) {
      candidates.putIfAbsent(
          type.getName(), new Candidate(type.getName(), type.getClassLoader(), jarOf(type), false));
      loaded.put(type.getName(), type);
    }
    return this;
  }

  /** Takes these, and lets them win over all others that could. */
  public IndexBuilder use(Class<?>... types) {
    add(types);
    for (Class<?> type : types) used.add(type.getName());
    return this;
  }

  /** Lets this one win over all others that could, by its full or simple name. */
  public IndexBuilder use(String type) {
    used.add(type);
    return this;
  }

  /** Leaves these out. */
  public IndexBuilder without(Class<?>... types) {
    for (Class<?> type : types) left.add(type.getName());
    return this;
  }

  /** Leaves this one out, by its full or simple name. */
  public IndexBuilder without(String type) {
    left.add(type);
    return this;
  }

  /**
   * Makes the index.
   *
   * @throws IndexProblems if anything is wrong; all problems at once
   */
  public Index build() {
    var problems = new ArrayList<String>();
    Set<String> winners = names(used, "use", problems);
    Set<String> without = names(left, "without", problems);
    var found = new ArrayList<Found>();
    for (Candidate candidate : candidates.values())
      if (!without.contains(candidate.name())) load(candidate, found, problems);
    addConnectorsOfBindings(found, without);
    var resolution = new Resolution(found, winners, replaced(found), problems);
    Index index = resolution.index();
    if (!problems.isEmpty()) throw new IndexProblems(problems);
    return index;
  }

  /** A type that is a connector or a binding, and where it came from. */
  record Found(Class<?> type, String jar, boolean checked) {
    boolean isConnector() {
      return Connector.class.isAssignableFrom(type);
    }
  }

  private Set<String> names(List<String> words, String word, List<String> problems) {
    var names = new HashSet<String>();
    for (String wanted : words) {
      var fitting =
          candidates.keySet().stream()
              .filter(
                  name ->
                      name.equals(wanted)
                          || name.endsWith("." + wanted)
                          || name.endsWith("$" + wanted))
              .toList();
      if (fitting.size() > 1)
        problems.add(
            "%s %s could be %s: write the full name"
                .formatted(word, wanted, String.join(" or ", fitting)));
      if (fitting.isEmpty() && word.equals("use"))
        problems.add(
            "use %s names no connector or binding that was found: write its full name, or put its jar beside the others"
                .formatted(wanted));
      if (fitting.isEmpty()) names.add(wanted);
      names.addAll(fitting);
    }
    return names;
  }

  private void load(Candidate candidate, List<Found> found, List<String> problems) {
    try {
      Class<?> type = loaded.get(candidate.name());
      if (type == null) type = Class.forName(candidate.name(), false, candidate.loader());
      if (!Connector.class.isAssignableFrom(type) && !Binding.class.isAssignableFrom(type))
        problems.add(
            "%s is neither a connector nor a binding: let it extend one".formatted(type.getName()));
      else if (!type.isInterface())
        problems.add(
            "A connector or binding must be an interface, but %s is a class"
                .formatted(type.getSimpleName()));
      else found.add(new Found(type, candidate.jar(), candidate.checked()));
    } catch (ClassNotFoundException | LinkageError e) {
      problems.add(
          "%s (%s) cannot be loaded: %s; put what it needs beside it"
              .formatted(candidate.name(), candidate.jar(), e));
    }
  }

  /** A binding brings the connector that it names. */
  private static void addConnectorsOfBindings(List<Found> found, Set<String> without) {
    var known = new HashSet<Class<?>>();
    found.forEach(f -> known.add(f.type()));
    for (Found binding : List.copyOf(found)) {
      if (binding.isConnector() || Declarations.isOpen(binding.type())) continue;
      Declarations.typesOf(binding.type())
          .map(List::getFirst)
          .filter(c -> !without.contains(c.getName()))
          .filter(c -> c.isInterface() && Connector.class.isAssignableFrom(c))
          .filter(known::add)
          .ifPresent(c -> found.add(new Found(c, jarOf(c), binding.checked())));
    }
  }

  private static Map<Class<?>, List<Class<?>>> replaced(List<Found> found) {
    var replaced = new LinkedHashMap<Class<?>, List<Class<?>>>();
    for (Found one : found) {
      var says = one.type().getAnnotation(Replaces.class);
      if (says != null)
        for (Class<?> other : says.value())
          if (other != one.type())
            replaced.computeIfAbsent(other, _ -> new ArrayList<>()).add(one.type());
    }
    return replaced;
  }

  private static String jarOf(Class<?> type) {
    var source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) return "the JDK";
    String path = source.getLocation().getPath();
    return Scan.name(Path.of(path));
  }
}
