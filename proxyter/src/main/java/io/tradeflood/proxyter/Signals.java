package io.tradeflood.proxyter;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import sun.misc.Signal;

/**
 * What the system tells the process. Java itself only has hooks for its end, which exit with
 * another code than 0, and nothing for SIGHUP; {@code jdk.unsupported} has been the way for both
 * ever since.
 */
final class Signals {
  private static final System.Logger LOG = System.getLogger(Signals.class.getName());

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private volatile Runnable next = () -> {};
  private volatile boolean ending;

  Signals() {
    for (String name : new String[] {"TERM", "INT", "HUP"})
      try {
        Signal.handle(new Signal(name), signal -> take(signal.getName()));
      } catch (IllegalArgumentException e) {
        // Not every system has SIGHUP, and the JVM may have been told to keep it.
        LOG.log(System.Logger.Level.DEBUG, "signal {0}: {1}", name, e.getMessage());
      }
  }

  private void take(String name) {
    if (ending && !name.equals("HUP")) next.run();
    else received.add(name);
  }

  /** Until it is to end: reloads whenever asked to. */
  void serve(Runnable reload) {
    try {
      while (received.take().equals("HUP")) reload.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the next signal to end does. */
  void onNext(Runnable work) {
    next = work;
    ending = true;
  }
}
