package io.tradeflood;

import java.util.List;

/** Makes requests from what users write. Errors are one line, to be shown as they are. */
public interface Requests {
  /**
   * The requests that the words ask for: for each symbol, each model, in the order of the words.
   * Fetches the exchange's list of instruments only if a symbol is a glob or the exchange's own
   * name.
   *
   * @throws IllegalArgumentException if a word is unknown, cannot be read, or fits nothing
   * @throws io.tradeflood.turn.Failure if the list of instruments could not be fetched
   */
  List<Request<?>> read(Words words);

  /**
   * The requests that the words ask for, to be {@link TradeFlood#watch watched}. Otherwise as
   * {@link #read}.
   *
   * @throws IllegalArgumentException as {@link #read}, and if a model is not told live
   * @throws io.tradeflood.turn.Failure if the list of instruments could not be fetched
   */
  List<Request<?>> readLive(Words words);

  /** As {@link #readLive}, without any input or output. */
  List<Request<?>> readLiveOffline(Words words);

  /**
   * The same without any input or output.
   *
   * @throws IllegalArgumentException as above, and if a symbol is not written in full
   */
  List<Request<?>> readOffline(Words words);
}
