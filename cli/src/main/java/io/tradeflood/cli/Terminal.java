package io.tradeflood.cli;

import io.tradeflood.turn.Failure;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Where a command writes.
 *
 * @param out what was asked for
 * @param err progress, words and errors
 * @param outIsTerminal whether a person reads {@code out}
 * @param errIsTerminal whether a person reads {@code err}
 */
record Terminal(OutputStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal) {
  private static final int USUAL_WIDTH = 120;
  private static final int USUAL_HEIGHT = 24;
  private static final String LENGTH = "[1-9][0-9]{0,3}";

  /** The streams of this process, whose {@code out} tells when nobody reads any more. */
  static Terminal ofProcess() {
    return new Terminal(
        new PipeOutput(new FileOutputStream(FileDescriptor.out)),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        isTerminal(1),
        isTerminal(2));
  }

  /**
   * Whether a file descriptor is a terminal. Java itself knows it of input and output together
   * only.
   */
  private static boolean isTerminal(int descriptor) {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
      return target.startsWith("/dev/pts")
          || target.startsWith("/dev/console")
          || target.toString().startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException _) {
      Console console = System.console();
      return console != null && console.isTerminal();
    }
  }

  /** How many characters a line has, and how many lines are shown at once. */
  record Size(int width, int height) {}

  /** How large the window of {@link #out} is now. */
  Size size() {
    return size(outIsTerminal);
  }

  /** How many characters a line of {@link #out} has. */
  int width() {
    return size().width();
  }

  /** How many characters a line of {@link #err} has. */
  int errWidth() {
    return size(errIsTerminal).width();
  }

  /** What the environment says comes first. */
  private static Size size(boolean isTerminal) {
    String lines = System.getenv().getOrDefault("LINES", "");
    String columns = System.getenv().getOrDefault("COLUMNS", "");
    String[] told = {lines, columns};
    if (isTerminal && !(lines.matches(LENGTH) && columns.matches(LENGTH))) told = sizeOfTerminal();
    return new Size(
        Math.max(40, length(columns, told[1], USUAL_WIDTH)),
        Math.max(5, length(lines, told[0], USUAL_HEIGHT)));
  }

  private static int length(String wanted, String told, int usual) {
    String said = wanted.matches(LENGTH) ? wanted : told;
    return said.matches(LENGTH) ? Integer.parseInt(said) : usual;
  }

  /** Its lines and columns, as far as they are known. */
  private static String[] sizeOfTerminal() {
    String[] unknown = {"", ""};
    try {
      var stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Path.of("/dev/tty").toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      String[] both = size.strip().split(" ");
      return stty.waitFor(1, TimeUnit.SECONDS) && both.length == 2 ? both : unknown;
    } catch (IOException _) {
      return unknown;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return unknown;
    }
  }

  /** Says something to whoever started the command; each line of the text is a line of its own. */
  void say(String text) {
    err.println(text);
  }

  /** Tells an error, on one line. */
  void error(String text) {
    err.println("tradeflood: " + oneLine(text));
  }

  static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ").replaceAll("([:,;]);", "$1");
  }

  /** What went wrong, in one line for people. */
  static String words(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    return switch (thrown) {
      case Failure _ -> message;
      case NoSuchFileException _ -> "there is no " + message;
      case AccessDeniedException _ -> "access to " + message + " is denied";
      case IOException _ when thrown.getMessage() != null -> message;
      default -> thrown.getClass().getSimpleName() + ": " + message;
    };
  }

  /** An output whose reader may go away. */
  static final class PipeOutput extends OutputStream {
    private final OutputStream below;

    PipeOutput(OutputStream below) {
      this.below = below;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        below.write(bytes, offset, length);
      } catch (IOException e) {
        throw isUnread(e) ? new UnreadException(e) : e;
      }
    }

    @Override
    public void flush() throws IOException {
      below.flush();
    }

    private static boolean isUnread(IOException e) {
      return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
    }
  }

  /** Nobody reads the output any more. */
  static final class UnreadException extends IOException {
    private static final long serialVersionUID = 1;

    UnreadException(IOException cause) {
      super("Nobody reads the output any more", cause);
    }
  }
}
