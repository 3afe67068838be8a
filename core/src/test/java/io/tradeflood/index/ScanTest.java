package io.tradeflood.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.acme.AcmeCandles;
import io.tradeflood.acme.AcmeRest;
import io.tradeflood.acme.AcmeServer;
import io.tradeflood.acme.AcmeTrades;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanTest {
  @TempDir Path folder;

  private static Manifest manifest() {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    return manifest;
  }

  private Path jar(String name, Manifest manifest, Class<?>... types) throws IOException {
    Path file = folder.resolve(name);
    try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      for (Class<?> type : types) {
        String entry = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(entry));
        jar.write(bytes(type, entry));
      }
    }
    return file;
  }

  private static byte[] bytes(Class<?> type, String entry) throws IOException {
    try (InputStream in = type.getClassLoader().getResourceAsStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static List<String> names(List<Path> places) {
    return Scan.of(places, ScanTest.class.getClassLoader()).stream().map(Candidate::name).toList();
  }

  @Test
  void interfacesThatExtendAreFoundWithoutBeingLoaded() throws IOException {
    Path jar = jar("fast-0.1.jar", manifest(), AcmeServer.class, AcmeCandles.class, AcmeRest.class);
    var found = Scan.of(List.of(jar), ScanTest.class.getClassLoader());
    assertThat(found)
        .extracting(Candidate::name)
        .containsExactly(AcmeCandles.class.getName(), AcmeRest.class.getName());
    assertThat(found).extracting(Candidate::jar).containsOnly("fast-0.1.jar");
  }

  @Test
  void superTypesInOtherJarsAreFollowed() throws IOException {
    assertThat(names(List.of(jar("alone.jar", manifest(), IndexTest.MineOfMyAcme.class))))
        .containsExactly(IndexTest.MineOfMyAcme.class.getName());
  }

  @Test
  void aJarThatBringsItsIndexIsTakenAtItsWord() throws IOException {
    Path file = folder.resolve("indexed.jar");
    try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest())) {
      jar.putNextEntry(new JarEntry("io/tradeflood/acme/AcmeRest.class"));
      jar.write(bytes(AcmeRest.class, "io/tradeflood/acme/AcmeRest.class"));
      jar.putNextEntry(new JarEntry(Scan.RESOURCE));
      jar.write(
          ("# two lines\n" + AcmeTrades.class.getName() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    assertThat(names(List.of(file))).containsExactly(AcmeTrades.class.getName());
  }

  @Test
  void theWriterListsWhatAFolderHolds() throws IOException {
    for (Class<?> type : List.of(AcmeRest.class, AcmeCandles.class, AcmeServer.class)) {
      String entry = type.getName().replace('.', '/') + ".class";
      Path file = folder.resolve("classes").resolve(entry);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes(type, entry));
    }
    Path classes = folder.resolve("classes");
    IndexWriter.write(classes, ScanTest.class.getClassLoader());
    assertThat(Files.readAllLines(classes.resolve(Scan.RESOURCE)))
        .containsExactly(AcmeCandles.class.getName(), AcmeRest.class.getName());
    IndexWriter.write(classes, ScanTest.class.getClassLoader());
    assertThat(names(List.of(classes)))
        .containsExactly(AcmeCandles.class.getName(), AcmeRest.class.getName());
  }

  @Test
  void whatAManifestNamesIsOnTheClassPathToo() throws IOException {
    Path second = jar("second.jar", manifest(), AcmeRest.class);
    var manifest = manifest();
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "second.jar missing.jar");
    Path first = jar("first.jar", manifest);
    try (var loader =
        new URLClassLoader(
            new URL[] {first.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      assertThat(Scan.placesOf(loader)).startsWith(first, second);
    }
  }

  @Test
  void whatIsNoJarIsSaid() throws IOException {
    Path file = folder.resolve("broken.jar");
    Files.writeString(file, "this is no jar");
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> names(List.of(file))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("broken.jar cannot be read as a jar");
  }

  @Test
  void theTestsOwnClassPathIsFound() {
    assertThat(Scan.placesOf(ScanTest.class.getClassLoader()))
        .anyMatch(place -> place.endsWith("test-classes"));
  }
}
