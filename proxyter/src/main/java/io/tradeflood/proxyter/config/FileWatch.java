package io.tradeflood.proxyter.config;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Notices that a file says something else. Its folders tell of changes at once; as they do not
 * where a file is mounted, the file is read every second, too. It is its content that counts: an
 * editor that writes another file and renames it, and a mounted map of Kubernetes, which turns a
 * link, are as good as a write. A change is told when nothing has moved for a moment.
 */
public final class FileWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FileWatch.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration QUIET = Duration.ofMillis(100);
  private static final int MOST_WAITS = 20;
  private static final byte[] MISSING = {};

  private final Path file;
  private final Runnable changed;
  private final WatchService watch;
  private final Thread thread;
  private byte[] last;

  /**
   * Begins to watch.
   *
   * @param changed runs on the watching thread
   * @throws IOException if this system lets nobody watch
   */
  public FileWatch(Path file, Runnable changed) throws IOException {
    this.file = file.toAbsolutePath();
    this.changed = changed;
    this.watch = this.file.getFileSystem().newWatchService();
    this.last = content();
    this.thread = Thread.ofPlatform().daemon().name("proxyter-config").start(this::work);
  }

  private void work() {
    try {
      while (true) {
        watchFolders();
        WatchKey key = watch.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        for (int i = 0; key != null && i < MOST_WAITS; i++) {
          key.pollEvents();
          key.reset();
          key = watch.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (key != null) key.reset();
        look();
      }
    } catch (InterruptedException | ClosedWatchServiceException _) {
      // closed
    }
  }

  private void look() {
    byte[] now = content();
    if (Arrays.equals(now, last)) return;
    last = now;
    try {
      changed.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "configuration: a change of the file went wrong", e);
    }
  }

  /** The folder that names the file, and the one in which what it links to is. */
  private void watchFolders() {
    Set<Path> folders = new LinkedHashSet<>();
    if (file.getParent() != null) folders.add(file.getParent());
    try {
      Path real = file.toRealPath().getParent();
      if (real != null) folders.add(real);
    } catch (IOException _) {
      // not there at the moment
    }
    for (Path folder : folders)
      try {
        folder.register(
            watch,
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_DELETE,
            StandardWatchEventKinds.ENTRY_MODIFY);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "configuration: {0} is not watched: {1}", folder, e);
      }
  }

  private byte[] content() {
    try {
      return Files.size(file) > Configuration.MOST_BYTES ? MISSING : Files.readAllBytes(file);
    } catch (IOException _) {
      return MISSING;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      watch.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "configuration: {0}", e.getMessage());
    }
  }
}
