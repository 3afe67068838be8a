package io.tradeflood.index;

import io.tradeflood.binding.Binding;
import io.tradeflood.binding.BookBinding;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.binding.PolledBinding;
import io.tradeflood.connector.Connector;
import io.tradeflood.connector.Mode;
import io.tradeflood.model.Query;
import java.util.List;

/**
 * A binding in the index.
 *
 * @param exchange the exchange's id, such as {@code binance}
 * @param mode how its connector talks
 * @param connector its connector's name within the exchange, such as {@code spot-rest}
 * @param model the word by which users ask for the model, such as {@code candle}
 * @param modelType the model's record
 * @param queryType the question it answers
 * @param connectorType the connector that it names; the one that is used may extend it
 * @param type the interface that is used
 * @param jar the file or folder that it came from, without the way to it
 * @param replaces whom it replaces, nearest first
 */
public record BindingEntry(
    String exchange,
    Mode mode,
    String connector,
    String model,
    Class<?> modelType,
    Class<? extends Query> queryType,
    Class<? extends Connector> connectorType,
    Class<? extends Binding<?, ?, ?>> type,
    String jar,
    List<Class<?>> replaces) {
  public BindingEntry {
    replaces = List.copyOf(replaces);
  }

  /** Whether it tells what happens from now on, rather than what was or is. */
  public boolean isLive() {
    return LiveBinding.class.isAssignableFrom(type) || BookBinding.class.isAssignableFrom(type);
  }

  /** Whether it is asked for what is, again and again, for who watches it. */
  public boolean isPolled() {
    return PolledBinding.class.isAssignableFrom(type);
  }
}
