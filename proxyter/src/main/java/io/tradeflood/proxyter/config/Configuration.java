package io.tradeflood.proxyter.config;

import io.tradeflood.proxyter.config.Document.Place;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The running configuration: the file's document with what was changed while running laid over it.
 * It changes as a whole or not at all: whatever cannot be used leaves everything as it was.
 *
 * <p>Safe for any number of threads: the {@link #state} is one value; changes happen one after
 * another under one lock, which is held while they are applied and told.
 */
public final class Configuration {
  /** A file that is longer is none of ours. */
  static final long MOST_BYTES = 16L << 20;

  private final Supplier<String> source;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Consumer<State>> listeners = new CopyOnWriteArrayList<>();
  private Consumer<Settings> check = _ -> {};
  private Consumer<Settings> use = _ -> {};
  private Consumer<Map<String, Object>> keep = _ -> {};
  private Document file;
  private Overlay kept = Overlay.NONE;
  private Overlay passing = Overlay.NONE;
  private volatile State state;

  /**
   * The configuration at a moment. Its maps cannot be changed; proxies and callbacks are by id in
   * them, however the file lists them. They hold secrets.
   *
   * @param revision grows with each change
   * @param settings what it says
   * @param effective the document that is in force
   * @param file what the file says
   * @param overlay what was changed while running: entries by section and id, and a list {@code
   *     removed} of places such as {@code proxies.fr-7}
   * @param rejected what is wrong with the file, a line each, if it was refused since it was last
   *     taken
   */
  public record State(
      long revision,
      Settings settings,
      Map<String, Object> effective,
      Map<String, Object> file,
      Map<String, Object> overlay,
      Optional<String> rejected) {

    /** What it changes of another. */
    public Difference since(State before) {
      return Difference.between(Document.of(before.effective), Document.of(effective));
    }

    @Override
    public String toString() {
      return "State[revision %d]".formatted(revision);
    }
  }

  /**
   * What would come of a document.
   *
   * @param changes what it would change
   * @param warnings what of it can be used but is hardly meant
   */
  public record Outlook(Difference changes, List<String> warnings) {}

  private Configuration(Supplier<String> source) {
    this.source = source;
    Read read = read(source.get());
    this.file = read.document();
    this.state = stateOf(1, read.settings(), Optional.empty());
  }

  /**
   * The configuration of a file, in YAML or JSON.
   *
   * @throws SettingsException if it cannot be read or used
   */
  public static Configuration ofFile(Path file) {
    return new Configuration(() -> text(file));
  }

  /**
   * The configuration of a document that no file holds; to reload it changes nothing.
   *
   * @throws SettingsException if it cannot be used
   */
  public static Configuration of(String document) {
    return new Configuration(() -> document);
  }

  private static String text(Path file) {
    String text;
    try {
      if (Files.size(file) > MOST_BYTES)
        throw new SettingsException(
            List.of(
                "the configuration %s has more than 16 MiB: expected a YAML file".formatted(file)));
      text = Files.readString(file);
    } catch (MalformedInputException e) {
      throw new SettingsException(
          List.of("the configuration %s is no text in UTF-8".formatted(file)));
    } catch (NoSuchFileException e) {
      throw new SettingsException(
          List.of(
              "the configuration %s is not there: give the path of a YAML file".formatted(file)));
    } catch (IOException e) {
      throw new SettingsException(
          List.of("the configuration %s cannot be read: %s".formatted(file, e.getMessage())));
    }
    // An editor that is about to write must not take all proxies away.
    if (text.isBlank())
      throw new SettingsException(
          List.of(
              "the configuration %s is empty: expected proxies, or {} for defaults alone"
                  .formatted(file)));
    return text;
  }

  private record Read(Document document, Settings settings) {}

  private static Read read(String text) {
    Object tree = Document.parse(text);
    Settings settings = SettingsReader.of(tree);
    return new Read(Document.of(tree), settings);
  }

  /**
   * A document, a tree of maps and lists, with proxies and callbacks by id, as a {@link State} has
   * them, however it lists them; it can be changed.
   *
   * @throws SettingsException if it cannot be used
   */
  public static Map<String, Object> byId(Map<String, Object> document) {
    Settings unused = SettingsReader.of(document);
    return Document.of(document).tree();
  }

  /** The configuration now. */
  public State state() {
    return state;
  }

  /** Who is told of each new state, in order, by the thread that changed it; must not block. */
  public void listen(Consumer<State> listener) {
    listeners.add(listener);
  }

  /**
   * Who brings changed settings into force, before anybody else is told.
   *
   * @param check throws a {@link SettingsException} at what could not be used, and changes nothing
   * @param use a {@link SettingsException} of it refuses the change; it must then have left
   *     everything as it was
   */
  public void useBy(Consumer<Settings> check, Consumer<Settings> use) {
    lock.lock();
    try {
      this.check = check;
      this.use = use;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Who keeps, over a restart, what was changed while running and asked to be kept. A {@link
   * SettingsException} of it refuses the change.
   */
  public void keepBy(Consumer<Map<String, Object>> keep) {
    lock.lock();
    try {
      this.keep = keep;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Goes on where a run before ended.
   *
   * @param revision its last
   * @param overlay what it kept
   * @throws SettingsException if that does not fit the file; nothing is taken over then
   */
  public void resume(long revision, Map<String, Object> overlay) {
    lock.lock();
    try {
      Overlay before = kept;
      kept = Overlay.of(overlay);
      try {
        state = stateOf(revision + 1, settings(file, kept, passing), state.rejected());
      } catch (SettingsException e) {
        kept = before;
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * What would come of the document if it were the file's.
   *
   * @throws SettingsException with all that is wrong with it
   */
  public Outlook validate(String document) {
    lock.lock();
    try {
      Read read = read(document);
      Settings settings = settings(read.document(), kept, passing);
      check.accept(settings);
      return new Outlook(
          Difference.between(effective(), passing.over(kept.over(read.document()))),
          settings.warnings());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reads the file again, and the certificates that it names; what was changed while running stays
   * laid over it.
   *
   * @return what changed
   * @throws SettingsException if it cannot be used: nothing changed, but {@link State#rejected}
   *     says so
   */
  public Difference reload() {
    lock.lock();
    try {
      Document before = effective();
      Read read = read(source.get());
      if (read.document().equals(file)) use.accept(state.settings());
      settle(read.document(), kept, passing, Optional.empty());
      return Difference.between(before, effective());
    } catch (SettingsException e) {
      reject(e);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private void reject(SettingsException e) {
    var words = Optional.of(String.join("\n", e.problems()));
    if (words.equals(state.rejected())) return;
    State now = state;
    tell(
        new State(
            now.revision(), now.settings(), now.effective(), now.file(), now.overlay(), words));
  }

  /**
   * Changes the document that is in force.
   *
   * @param ifRevision the revision that is changed; empty changes any
   * @param persist whether the change is kept over a restart
   * @param change gets a copy of the effective document, which it may change, and gives the one
   *     that is wanted
   * @throws StaleRevisionException if it has another revision
   * @throws SettingsException if the result cannot be used
   */
  public State change(
      OptionalLong ifRevision, boolean persist, UnaryOperator<Map<String, Object>> change) {
    lock.lock();
    try {
      require(ifRevision);
      Document now = effective();
      Document wanted = Document.of(change.apply(now.tree()));
      Map<Place, Object> before = now.entries();
      Map<Place, Object> after = wanted.entries();
      Overlay nextKept = kept;
      Overlay nextPassing = passing;
      for (Place place : now.placesWith(wanted)) {
        if (Objects.equals(before.get(place), after.get(place))) continue;
        Optional<Object> value = Optional.ofNullable(after.get(place));
        if (persist) {
          nextPassing = nextPassing.without(place);
          nextKept = nextKept.with(place, value, file);
        } else nextPassing = nextPassing.with(place, value, nextKept.over(file));
      }
      settle(file, nextKept, nextPassing, state.rejected());
      return state;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Changes the effective document to another, kept over a restart.
   *
   * @throws SettingsException if it cannot be used
   */
  public State replace(String document) {
    return replace(OptionalLong.empty(), true, document);
  }

  /**
   * Changes the effective document to another; as {@link #change}.
   *
   * @throws StaleRevisionException if it has another revision
   * @throws SettingsException if the document cannot be used
   */
  public State replace(OptionalLong ifRevision, boolean persist, String document) {
    Read read = read(document);
    return change(ifRevision, persist, _ -> read.document().tree());
  }

  private void require(OptionalLong revision) {
    if (revision.isPresent() && revision.getAsLong() != state.revision())
      throw new StaleRevisionException(revision.getAsLong(), state.revision());
  }

  private Document effective() {
    return passing.over(kept.over(file));
  }

  private static Settings settings(Document file, Overlay kept, Overlay passing) {
    try {
      return SettingsReader.of(passing.over(kept.over(file)).tree());
    } catch (SettingsException e) {
      if (kept.equals(Overlay.NONE) && passing.equals(Overlay.NONE)) throw e;
      throw new SettingsException(
          e.problems().stream()
              .map(problem -> problem + " (with what was changed while running laid over the file)")
              .toList());
    }
  }

  private void settle(
      Document nextFile, Overlay nextKept, Overlay nextPassing, Optional<String> rejected) {
    if (nextFile.equals(file) && nextKept.equals(kept) && nextPassing.equals(passing)) {
      if (!rejected.equals(state.rejected()))
        tell(stateOf(state.revision(), state.settings(), rejected));
      return;
    }
    Settings settings = settings(nextFile, nextKept, nextPassing);
    boolean keeps = !nextKept.equals(kept);
    if (keeps) keep.accept(nextKept.tree());
    try {
      use.accept(settings);
    } catch (SettingsException e) {
      if (keeps) keep.accept(kept.tree());
      throw e;
    }
    file = nextFile;
    kept = nextKept;
    passing = nextPassing;
    tell(stateOf(state.revision() + 1, settings, rejected));
  }

  private void tell(State next) {
    state = next;
    listeners.forEach(listener -> listener.accept(next));
  }

  private State stateOf(long revision, Settings settings, Optional<String> rejected) {
    return new State(
        revision,
        settings,
        frozen(effective().tree()),
        frozen(file.tree()),
        frozen(passing.over(kept).tree()),
        rejected);
  }

  private static Map<String, Object> frozen(Map<String, Object> tree) {
    var copy = new LinkedHashMap<String, Object>();
    tree.forEach((key, value) -> copy.put(key, frozenValue(value)));
    return Collections.unmodifiableMap(copy);
  }

  private static Object frozenValue(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, each) -> copy.put(String.valueOf(key), frozenValue(each)));
        yield Collections.unmodifiableMap(copy);
      }
      case List<?> list -> list.stream().map(Configuration::frozenValue).toList();
      default -> value;
    };
  }
}
