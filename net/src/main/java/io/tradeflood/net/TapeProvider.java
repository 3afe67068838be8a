package io.tradeflood.net;

import io.tradeflood.connector.ServiceContext;
import io.tradeflood.connector.ServiceProvider;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Supplies the transports with the tape that users ask for. See {@link ServiceProvider}. */
public final class TapeProvider implements ServiceProvider<Tape> {
  @Override
  public Class<Tape> type() {
    return Tape.class;
  }

  @Override
  public Tape open(ServiceContext context) {
    var settings = context.settings();
    var record = settings.get(Tape.RECORD);
    var replay = settings.get(Tape.REPLAY);
    if (record.isPresent() && replay.isPresent())
      throw new IllegalArgumentException(
          "The settings tape.record and tape.replay exclude each other: leave one out");
    var timeline = Timeline.of(context.clock());
    return replay
        .<Tape>map(
            file ->
                new PlayedTape(
                    Path.of(file),
                    speed(settings.get(Tape.SPEED).orElse("1")),
                    timeline,
                    context.proxyScheme()))
        .or(() -> record.map(file -> new RecordedTape(Path.of(file), seed(), timeline)))
        .orElse(Tape.NONE);
  }

  @Override
  public boolean isWantedAtOnce(ServiceContext context) {
    return context.settings().get(Tape.RECORD).isPresent()
        || context.settings().get(Tape.REPLAY).isPresent();
  }

  private static long seed() {
    return ThreadLocalRandom.current().nextLong();
  }

  private static double speed(String text) {
    if (text.equals("max")) return Double.POSITIVE_INFINITY;
    try {
      double speed = Double.parseDouble(text);
      if (speed > 0 && speed < 1e9) return speed;
    } catch (NumberFormatException _) {
      // told below
    }
    throw new IllegalArgumentException(
        "The setting tape.speed must be a number such as 1 or 10, or max, was " + text);
  }
}
