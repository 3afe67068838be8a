package io.tradeflood.turn;

import java.util.List;

/**
 * That somebody asked a scheme for something; by this the result is had from a run. Two are equal
 * only if they are the same.
 *
 * @param <T> the value, or that of each turn of a sequence
 */
public abstract sealed class Ask<T> {
  private final String label;

  private Ask(String label) {
    this.label = label;
  }

  /** The asker's name, such as {@code BTC/USDT candle 1m}. */
  public final String label() {
    return label;
  }

  /** What is planned for it. */
  abstract List<? extends Turn<? extends T>> turns();

  /** For one turn. */
  public static final class One<T> extends Ask<T> {
    private final Turn<T> turn;

    One(String label, Turn<T> turn) {
      super(label);
      this.turn = turn;
    }

    @Override
    List<Turn<T>> turns() {
      return List.of(turn);
    }

    Turn<T> turn() {
      return turn;
    }
  }

  /** For a sequence of turns, taken one after another. */
  public static final class Each<T> extends Ask<T> {
    private final List<? extends Turn<? extends T>> turns;

    Each(String label, List<? extends Turn<? extends T>> turns) {
      super(label);
      this.turns = List.copyOf(turns);
    }

    @Override
    List<? extends Turn<? extends T>> turns() {
      return turns;
    }
  }
}
