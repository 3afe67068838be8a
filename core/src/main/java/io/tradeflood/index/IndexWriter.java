package io.tradeflood.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * Writes the index of a module into its folder of classes, when the module is built: a module that
 * brings one is not scanned when an application starts, and its declarations are already checked.
 * No module needs one.
 */
public final class IndexWriter {
  private IndexWriter() {}

  /**
   * Writes the index of the folder that is named by the only argument and is on the class path.
   *
   * @throws IndexProblems if anything is wrong with what the folder holds
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1 || !Files.isDirectory(Path.of(arguments[0])))
      throw new IllegalArgumentException(
          "The folder of compiled classes must be the only argument, were "
              + String.join(" ", arguments));
    write(Path.of(arguments[0]), IndexWriter.class.getClassLoader());
  }

  /** Writes the index of a folder whose classes the loader loads. */
  static void write(Path classes, ClassLoader loader) throws IOException {
    Path file = classes.resolve(Scan.RESOURCE);
    Files.deleteIfExists(file);
    Index index = new IndexBuilder().scan(List.of(classes), loader).build();
    var names = new TreeSet<String>();
    index.connectors().forEach(connector -> names.add(connector.type().getName()));
    index.bindings().forEach(binding -> names.add(binding.type().getName()));
    Files.createDirectories(file.getParent());
    Files.write(file, names);
  }
}
