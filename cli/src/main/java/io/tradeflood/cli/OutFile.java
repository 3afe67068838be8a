package io.tradeflood.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where rows go: the standard output, or a file that appears under its name only when it is whole.
 * Until then, and for good if something is missing, its name ends with {@code .partial}.
 */
final class OutFile implements AutoCloseable {
  private final OutputStream stream;
  private final Optional<Path> target;
  private final Terminal terminal;
  private boolean finished;

  private OutFile(OutputStream stream, Optional<Path> target, Terminal terminal) {
    this.stream = stream;
    this.target = target;
    this.terminal = terminal;
  }

  /** The standard output, which stays open. */
  static OutFile standard(Terminal terminal) {
    var open =
        new FilterOutputStream(terminal.out()) {
          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
          }

          @Override
          public void close() throws IOException {
            flush();
          }
        };
    return new OutFile(open, Optional.empty(), terminal);
  }

  /** A file. */
  static OutFile at(Path target, Terminal terminal) {
    try {
      return new OutFile(Files.newOutputStream(partial(target)), Optional.of(target), terminal);
    } catch (IOException e) {
      throw new UsageException(
          "--out %s: expected a file that can be written: %s".formatted(target, Terminal.words(e)),
          e);
    }
  }

  private static Path partial(Path target) {
    return target.resolveSibling(target.getFileName() + ".partial");
  }

  OutputStream stream() {
    return stream;
  }

  /** Gives the file its name if it is whole, and says so if it is not. */
  void finish(Exit exit) throws IOException {
    finished = true;
    stream.close();
    if (target.isEmpty()) return;
    Path written = partial(target.get());
    if (exit == Exit.WHOLE) move(written, target.get());
    else if (exit == Exit.PARTIAL)
      terminal.error(
          "%s is not whole: what there is was kept as %s".formatted(target.get(), written));
    else Files.deleteIfExists(written);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException _) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Lets go of the stream; a file that was not finished is taken away. */
  @Override
  public void close() throws IOException {
    stream.close();
    if (!finished && target.isPresent()) Files.deleteIfExists(partial(target.get()));
  }
}
