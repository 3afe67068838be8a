package io.tradeflood.turn;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a run would do, told before it does it. Its text is made for people; its components say the
 * same to programs.
 *
 * @param askers who asked, in order, each label once
 * @param calls the distinct calls that are known before the run, in the order of dispatch
 * @param limits what they take from each limit, by name
 * @param connections what is opened and sent for the subscriptions among them
 * @param naiveCalls how many calls it would be if each asker ran alone and nothing were merged
 * @param expected how long it takes, as far as limits and the assumed latency tell
 * @param notes what else there is to say, such as which batches answer for single calls
 */
public record Explanation(
    List<Asker> askers,
    List<Planned> calls,
    List<Total> limits,
    List<Connections> connections,
    long naiveCalls,
    Duration expected,
    List<String> notes) {
  public Explanation {
    askers = List.copyOf(askers);
    calls = List.copyOf(calls);
    limits = List.copyOf(limits);
    connections = List.copyOf(connections);
    notes = List.copyOf(notes);
  }

  /**
   * Who asked.
   *
   * @param label the name
   * @param calls how many of the calls are for this asker
   * @param goesOn whether answers may lead to calls that are not known yet
   * @param notes what was said about it
   */
  public record Asker(String label, int calls, boolean goesOn, List<String> notes) {
    public Asker {
      notes = List.copyOf(notes);
    }
  }

  /**
   * One call that would be made.
   *
   * @param number from 1 on, in the order of dispatch
   * @param text the call
   * @param acts what it reaches out for; empty for one that needs nothing from outside, or that is
   *     only known when it runs
   * @param goesOn whether what it reaches out for is only known when it runs
   * @param problem why it will fail, if that is known already
   * @param askers for whom, by label
   * @param needs the numbers of the calls that come before it
   */
  public record Planned(
      int number,
      String text,
      List<Description> acts,
      boolean goesOn,
      Optional<String> problem,
      List<String> askers,
      List<Integer> needs) {
    public Planned {
      acts = List.copyOf(acts);
      askers = List.copyOf(askers);
      needs = List.copyOf(needs);
    }
  }

  /**
   * What is taken from one limit.
   *
   * @param limit its name
   * @param amount how much
   * @param naive how much it would be if nothing were merged
   * @param capacity how much the limit gives in a window
   * @param window the length of the window
   * @param expected how long the limit makes it take, as a mean: where in one of the exchange's
   *     windows it begins decides on as much as a window
   */
  public record Total(
      String limit, long amount, long naive, long capacity, Duration window, Duration expected) {}

  /**
   * What is opened and sent for subscriptions that can share connections, if nothing is open yet.
   *
   * @param connector whose they are, such as {@code binance.spot-stream}, with the name of the
   *     group if the exchange has several
   * @param route by which way they are opened
   * @param subscriptions how many different ones there are
   * @param connections how many connections are opened
   * @param messages how many messages subscribe, on all of them together
   * @param shares what is taken of what the exchange allows
   * @param problem why not all of it can be had, if that is known already
   * @param expected until the last subscription is asked for, as the exchange's limits have it
   */
  public record Connections(
      String connector,
      String route,
      long subscriptions,
      long connections,
      long messages,
      List<Share> shares,
      Optional<String> problem,
      Duration expected) {
    public Connections {
      shares = List.copyOf(shares);
    }
  }

  /**
   * What is taken of something that the exchange allows of connections.
   *
   * @param what of what
   * @param amount how much is taken, where most is
   * @param capacity how much there is
   * @param window in what time; empty for as long as a connection is open
   * @param expected how long it makes it take
   */
  public record Share(
      String what, long amount, long capacity, Optional<Duration> window, Duration expected) {}

  /** The explanation as lines of text, with a line break behind each. */
  @Override
  public String toString() {
    return new ExplanationText(this).toString();
  }
}
