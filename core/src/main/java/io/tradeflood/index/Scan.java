package io.tradeflood.index;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Looks for interfaces that extend {@code Connector} or {@code Binding} in folders and jars. Reads
 * names and super-types only; loads no class. A folder or jar that brings {@link #RESOURCE} is
 * taken at its word.
 */
final class Scan {
  /** Lines with the names of connectors and bindings; written by {@link IndexWriter}. */
  static final String RESOURCE = "META-INF/tradeflood.index";

  private static final Set<String> ROOTS =
      Set.of("io/tradeflood/connector/Connector", "io/tradeflood/binding/Binding");

  /** Libraries that certainly hold none. */
  private static final List<String> KNOWN =
      List.of(
          "META-INF/",
          "ch/qos/logback/",
          "com/fasterxml/",
          "com/google/",
          "com/sun/",
          "io/micrometer/",
          "io/netty/",
          "io/vertx/",
          "jakarta/",
          "java/",
          "javax/",
          "jdk/",
          "kotlin/",
          "me/tongfei/",
          "net/jqwik/",
          "org/apache/",
          "org/assertj/",
          "org/awaitility/",
          "org/hamcrest/",
          "org/jline/",
          "org/jspecify/",
          "org/junit/",
          "org/knowm/",
          "org/opentest4j/",
          "org/slf4j/",
          "org/w3c/",
          "org/xml/",
          "picocli/",
          "sun/",
          "tools/jackson/");

  private final ClassLoader loader;
  private final Map<String, Boolean> reaching = new HashMap<>();
  private final List<Candidate> found = new ArrayList<>();

  private Scan(ClassLoader loader) {
    this.loader = loader;
    ROOTS.forEach(root -> reaching.put(root, true));
  }

  /** What lies in the folders and jars, in their order, in each by name. */
  static List<Candidate> of(List<Path> places, ClassLoader loader) {
    var scan = new Scan(loader);
    for (Path place : places) {
      try {
        if (Files.isDirectory(place)) scan.folder(place);
        else if (Files.isRegularFile(place)) scan.jar(place);
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "%s cannot be read as a jar: %s; leave it out or build it again"
                .formatted(place, e.getMessage()),
            e);
      }
    }
    return List.copyOf(scan.found);
  }

  /** Where a class loader and those above it find classes, in their order. */
  static List<Path> placesOf(ClassLoader loader) {
    var places = new LinkedHashSet<Path>();
    for (ClassLoader at = loader; at != null; at = at.getParent()) {
      if (at instanceof URLClassLoader urls)
        for (URL url : urls.getURLs()) if (url.getProtocol().equals("file")) add(places, path(url));
      if (at.equals(ClassLoader.getSystemClassLoader()))
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator))
          if (!entry.isEmpty()) add(places, Path.of(entry));
    }
    return List.copyOf(places);
  }

  private static Path path(URL url) {
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("Class path entry %s is no path".formatted(url), e);
    }
  }

  /** A jar may name others in its manifest, as the launcher's does. */
  private static void add(Set<Path> places, Path place) {
    if (!places.add(place) || !Files.isRegularFile(place)) return;
    try (var jar = new JarFile(place.toFile())) {
      if (jar.getManifest() == null) return;
      String more = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      if (more == null) return;
      URI base = place.toAbsolutePath().toUri();
      for (String entry : more.trim().split("\\s+")) {
        URI named = base.resolve(entry);
        if ("file".equals(named.getScheme())) add(places, Path.of(named));
      }
    } catch (IOException e) {
      log().log(System.Logger.Level.DEBUG, "{0} is on the class path, but is no jar", place);
    }
  }

  private void folder(Path folder) throws IOException {
    String name = name(folder);
    Path index = folder.resolve(RESOURCE);
    if (Files.isRegularFile(index)) {
      takeIndex(name, Files.readAllLines(index));
      return;
    }
    List<Path> files;
    try (Stream<Path> tree = Files.walk(folder)) {
      files = tree.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    }
    for (Path file : files) {
      String entry = folder.relativize(file).toString().replace(File.separatorChar, '/');
      if (isOfInterest(entry)) look(entry, Files.readAllBytes(file), name);
    }
  }

  /** A build's folder is called by its module: {@code core/target/classes} says nothing alone. */
  static String name(Path place) {
    Path whole = place.toAbsolutePath().normalize();
    int names = whole.getNameCount();
    return Files.isDirectory(place) && names > 3
        ? whole.subpath(names - 3, names).toString()
        : String.valueOf(whole.getFileName());
  }

  private void jar(Path file) throws IOException {
    String name = name(file);
    try (var jar = new JarFile(file.toFile())) {
      ZipEntry index = jar.getEntry(RESOURCE);
      if (index != null) {
        try (InputStream in = jar.getInputStream(index)) {
          takeIndex(name, new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        }
        return;
      }
      for (var entry : jar.stream().filter(e -> isOfInterest(e.getName())).toList()) {
        try (InputStream in = jar.getInputStream(entry)) {
          look(entry.getName(), in.readAllBytes(), name);
        }
      }
    }
  }

  private void takeIndex(String jar, List<String> lines) {
    for (String line : lines)
      if (!line.isBlank() && !line.startsWith("#"))
        found.add(new Candidate(line.trim(), loader, jar, true));
  }

  private static boolean isOfInterest(String entry) {
    return entry.endsWith(".class")
        && !entry.endsWith("-info.class")
        && KNOWN.stream().noneMatch(entry::startsWith);
  }

  private void look(String entry, byte[] bytes, String jar) {
    ClassModel type;
    try {
      type = ClassFile.of().parse(bytes);
    } catch (IllegalArgumentException e) {
      log().log(System.Logger.Level.WARNING, "{0} in {1} is no class file: skipped", entry, jar);
      return;
    }
    String name = type.thisClass().asInternalName();
    if (!isReaching(name, type)) return;
    if (type.flags().has(AccessFlag.INTERFACE))
      found.add(new Candidate(name.replace('/', '.'), loader, jar, false));
    else
      log()
          .log(
              System.Logger.Level.WARNING,
              "{0} in {1} is a class: connectors and bindings are interfaces, skipped",
              name.replace('/', '.'),
              jar);
  }

  private boolean isReaching(String name, ClassModel type) {
    Boolean known = reaching.get(name);
    if (known != null) return known;
    boolean reaches = false;
    for (ClassEntry parent : type.interfaces()) reaches |= isReaching(parent.asInternalName());
    reaching.put(name, reaches);
    return reaches;
  }

  /** Super-types may lie anywhere; they are read through the loader, still without loading them. */
  private boolean isReaching(String name) {
    Boolean known = reaching.get(name);
    if (known != null) return known;
    boolean reaches = false;
    if (KNOWN.stream().noneMatch(name::startsWith))
      try (InputStream in = loader.getResourceAsStream(name + ".class")) {
        reaches = in != null && isReaching(name, ClassFile.of().parse(in.readAllBytes()));
      } catch (IOException e) {
        throw new UncheckedIOException("%s cannot be read".formatted(name), e);
      }
    reaching.put(name, reaches);
    return reaches;
  }

  /**
   * Had when there is something to say: getting it starts the logging, which a listing can do
   * without.
   */
  private static System.Logger log() {
    return System.getLogger(Scan.class.getName());
  }
}
