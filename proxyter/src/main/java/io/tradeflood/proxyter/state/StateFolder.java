package io.tradeflood.proxyter.state;

import io.tradeflood.proxyter.config.SettingsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of one running Proxyter: holds a lock on it, and one file of what is kept, which is
 * replaced as a whole, so that it is whole whenever the machine stops.
 */
public final class StateFolder implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StateFolder.class.getName());
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final Path folder;
  private final Path file;
  private final FileChannel lock;
  private byte[] written = new byte[0];

  private StateFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.file = folder.resolve("state.json");
    this.lock = lock;
  }

  /**
   * Takes a folder; makes it if it is not there.
   *
   * @throws SettingsException if it cannot be used, or another Proxyter has it
   */
  public static StateFolder open(Path folder) {
    FileChannel lock = null;
    try {
      Files.createDirectories(folder, onlyOurs("rwx------"));
      lock =
          FileChannel.open(
              folder.resolve("lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              onlyOurs("rw-------"));
      if (lock.tryLock() == null) throw new OverlappingFileLockException();
      return new StateFolder(folder, lock);
    } catch (OverlappingFileLockException _) {
      close(lock);
      throw new SettingsException(
          List.of(
              "stateFolder %s is another running Proxyter's: give each a folder of its own"
                  .formatted(folder)));
    } catch (IOException e) {
      close(lock);
      throw new SettingsException(
          List.of(
              "stateFolder %s cannot be used: %s: expected a folder that may be written"
                  .formatted(folder, reason(e))));
    }
  }

  private static void close(@Nullable FileChannel channel) {
    try {
      if (channel != null) channel.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "state: {0}", reason(e));
    }
  }

  private static FileAttribute<?>[] onlyOurs(String rights) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }

  /**
   * What was kept. What cannot be read is set aside, under the name {@code state.json.broken}, and
   * said so: nothing is kept then.
   */
  public Optional<Kept> read() {
    try {
      if (!Files.exists(file)) return Optional.empty();
      byte[] bytes = Files.readAllBytes(file);
      int version = JSON.readTree(bytes).path("version").asInt(0);
      if (version != Kept.VERSION)
        return setAside("it has version %d, not %d".formatted(version, Kept.VERSION));
      return Optional.of(JSON.readValue(bytes, Kept.class));
    } catch (JacksonException e) {
      return setAside(e.getOriginalMessage().lines().findFirst().orElse(""));
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "state: {0} cannot be read, nothing is remembered: {1}",
          file,
          reason(e));
      return Optional.empty();
    }
  }

  /** Leaves it to whoever wants to look at it. */
  private Optional<Kept> setAside(String why) {
    Path aside = file.resolveSibling("state.json.broken");
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "state: {0} cannot be moved: {1}", file, reason(e));
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "state: {0} is no state of Proxyter and is set aside as {1}, nothing is remembered: {2}",
        file,
        aside.getFileName(),
        why);
    return Optional.empty();
  }

  /** Leaves changes of the configuration that do not fit it to whoever wants to look at them. */
  public void setAside(Map<String, Object> overlay) {
    Path aside = folder.resolve("overlay.json.rejected");
    try {
      writeFile(aside, JSON.writeValueAsBytes(overlay));
      LOG.log(
          System.Logger.Level.WARNING,
          "state: what was changed at run time does not fit the configuration, is left out, and is set aside as {0}",
          aside);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "state: {0} cannot be written: {1}", aside, reason(e));
    }
  }

  /**
   * Writes what is kept, unless that is what is there already; when this returns it is on the disk.
   *
   * @throws IOException if it could not be written; what was there before is still there
   */
  public void write(Kept kept) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(kept);
    if (Arrays.equals(bytes, written)) return;
    Path fresh = file.resolveSibling("state.json.new");
    writeFile(fresh, bytes);
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException _) {
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
    forceFolder();
    written = bytes;
  }

  private static void writeFile(Path fresh, byte[] bytes) throws IOException {
    Files.deleteIfExists(fresh);
    try (var channel =
        FileChannel.open(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            onlyOurs("rw-------"))) {
      var rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) channel.write(rest);
      channel.force(true);
    }
  }

  /** The new name is on the disk only when the folder is; not every system opens folders. */
  private void forceFolder() {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "state: {0}", reason(e));
    }
  }

  @Override
  public void close() {
    close(lock);
  }
}
