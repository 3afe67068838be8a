package io.tradeflood.turn;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A call that was written down: a connector, one of its endpoints, and the arguments. Two calls are
 * one when these are equal, but a {@link TurnExecution.Kind#WRITE} equals itself only.
 *
 * @param <T> what the endpoint gives
 */
public final class Call<T> implements Turn<T> {
  private final Endpoint endpoint;
  private final Object[] arguments;
  private final int hash;
  private final boolean edges;
  private volatile @Nullable Node seat;

  /** Where it stands among those of its endpoint; a hint. */
  int place;

  private final StackWalker.@Nullable StackFrame site;

  /** Takes the arguments as they are: canonical, and never changed afterwards. */
  Call(Endpoint endpoint, Object[] arguments, int hash, StackWalker.@Nullable StackFrame site) {
    this.endpoint = endpoint;
    this.arguments = arguments;
    this.hash = hash;
    this.edges = edges(arguments);
    this.site = site;
  }

  private static boolean edges(Object[] arguments) {
    for (var argument : arguments)
      if (argument instanceof Turn && !(argument instanceof Turn.Now)) return true;
    return false;
  }

  /** Whose endpoint it is: a connector and the tenant whose credentials it carries, as a value. */
  public Object owner() {
    return endpoint.owner();
  }

  /** The endpoint's name. */
  public String endpoint() {
    return endpoint.name();
  }

  /** What the call does to the other side. */
  public TurnExecution.Kind kind() {
    return endpoint.kind();
  }

  /** The arguments in their canonical form; turns among them are calls that come first. */
  public List<Object> arguments() {
    return Collections.unmodifiableList(Arrays.asList(arguments));
  }

  /**
   * The line that planned it first, such as {@code AcmeCandles.java:31}. Looking for it costs more
   * than the call, so in a long row of calls from one line only some look, and the others are taken
   * to be from there too.
   */
  public Optional<String> site() {
    return Optional.ofNullable(site).map(Site::text);
  }

  /** Whether turns that have to be run are among the arguments. */
  boolean hasEdges() {
    return edges;
  }

  /** Where it stood last in a run, a short cut to that run's table; the run takes it away again. */
  @Nullable Node seat() {
    return seat;
  }

  void sit(@Nullable Node node) {
    seat = node;
  }

  /** Tells that a scheme or a run has taken it up. */
  void takenUp() {
    endpoint.takenUp();
  }

  /** What the endpoint describes for these arguments. */
  Turn<?> body() throws Throwable {
    return endpoint.body(arguments);
  }

  /**
   * The call with what the turns among its arguments have become: by other turns that became the
   * same it is the same call.
   */
  Call<?> settled(List<?> known) {
    var values = known.toArray();
    return new Call<>(endpoint, values, endpoint.hash(values), site);
  }

  boolean has(Object[] arguments) {
    return Arrays.equals(this.arguments, arguments);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Call<?> call
            && hash == call.hash
            && kind() != TurnExecution.Kind.WRITE
            && endpoint.equals(call.endpoint)
            && Arrays.equals(arguments, call.arguments));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** The call as text: the owner, the endpoint and the arguments; the same for equal calls. */
  @Override
  public String toString() {
    var text = new StringBuilder().append(endpoint.owner()).append('.').append(endpoint.name());
    text.append('(');
    for (int i = 0; i < arguments.length; i++) {
      if (i > 0) text.append(", ");
      if (arguments[i] instanceof Turn<?> turn) Turns.write(turn, text);
      else text.append(words(arguments[i]));
    }
    return text.append(')').toString();
  }

  /** An argument for people: what is left out is a dash. */
  private static Object words(Object argument) {
    return switch (argument) {
      case Optional<?> some when some.isPresent() -> some.get();
      case OptionalInt some when some.isPresent() -> some.getAsInt();
      case OptionalLong some when some.isPresent() -> some.getAsLong();
      case Optional<?> _, OptionalInt _, OptionalLong _ -> "-";
      default -> argument;
    };
  }
}
