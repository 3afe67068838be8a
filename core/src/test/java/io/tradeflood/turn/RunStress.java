package io.tradeflood.turn;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.LI_Result;
import org.openjdk.jcstress.infra.results.LLI_Result;

/**
 * Races of those who join an act that is out, leave it and end it, through whole runs. Run by
 * {@link NodeStressTest} and {@link RacesOfThreeTest}.
 */
final class RunStress {
  private RunStress() {}

  /** A run whose one act is out and waits to be let go. */
  private static final class Out {
    final Outside outside;
    final TurnRunner runner = new TurnRunner();
    final TurnRun run;
    final Result<String> asked;
    private final String what;
    private final Turn<String> turn;

    Out(String symbol) {
      what = "page " + symbol + " 1";
      outside = new Outside().hold(what).repeatable(what);
      turn = Acme.of(outside).page(symbol, 1);
      run = start();
      asked = run.submit("first", turn);
    }

    TurnRun start() {
      return runner.start(new TurnScheme());
    }

    Result<String> join(TurnRun by) {
      return by.submit("later", turn);
    }

    void release() {
      outside.release(what);
    }

    /** How often it went out, once all has ended. */
    int times() {
      runner.close();
      return outside.total();
    }
  }

  private static String end(Result<String> result) {
    try {
      return switch (result.outcome()) {
        case Outcome.Value<String>(var value) -> value;
        case Outcome.Failed<String>(var failure) -> failure.getClass().getSimpleName();
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /** In one run: one leaves, one joins, one stays, and the act comes back. */
  @JCStressTest
  @org.openjdk.jcstress.annotations.Outcome(
      id = "page BTC 1!, page BTC 1!, 1",
      expect = Expect.ACCEPTABLE,
      desc = "It went out once for all")
  @org.openjdk.jcstress.annotations.Outcome(
      expect = Expect.FORBIDDEN,
      desc = "Somebody is lost with who left, or it went out again")
  @State
  public static class JoinLeaveComplete {
    private final Out out = new Out("BTC");
    private final Result<String> staying = out.join(out.run);
    private volatile Result<String> joined = staying;

    @Actor
    public void join() {
      joined = out.join(out.run);
    }

    @Actor
    public void leave() {
      out.asked.cancel();
    }

    @Actor
    public void complete() {
      out.release();
    }

    @Arbiter
    public void ended(LLI_Result result) {
      result.r1 = end(staying);
      result.r2 = end(joined);
      result.r3 = out.times();
    }
  }

  /** Of two runs: one is cancelled, the other joins its act, and the act comes back. */
  @JCStressTest
  @org.openjdk.jcstress.annotations.Outcome(
      id = "page BTC 1!, 1",
      expect = Expect.ACCEPTABLE,
      desc = "It joined, or the first never went out")
  @org.openjdk.jcstress.annotations.Outcome(
      id = "page BTC 1!, 2",
      expect = Expect.ACCEPTABLE,
      desc = "The first was over before")
  @org.openjdk.jcstress.annotations.Outcome(
      expect = Expect.FORBIDDEN,
      desc = "Who joined is lost with who was cancelled, or it went out too often")
  @State
  public static class JoinCancelComplete {
    private final Out out = new Out("BTC");
    private final TurnRun other = out.start();
    private volatile Result<String> joined = out.asked;

    @Actor
    public void join() {
      joined = out.join(other);
    }

    @Actor
    public void cancel() {
      out.run.cancel();
    }

    @Actor
    public void complete() {
      out.release();
    }

    @Arbiter
    public void ended(LI_Result result) {
      result.r1 = end(joined);
      result.r2 = out.times();
    }
  }

  /** Two join an act that fails: both are told so, and it does not go out again. */
  @JCStressTest
  @org.openjdk.jcstress.annotations.Outcome(
      id = "Refused, Refused, 1",
      expect = Expect.ACCEPTABLE,
      desc = "It failed once for all")
  @org.openjdk.jcstress.annotations.Outcome(
      expect = Expect.FORBIDDEN,
      desc = "Somebody is forgotten, or it went out again")
  @State
  public static class JoinJoinFail {
    private final Out out = new Out("refused");
    private volatile Result<String> one = out.asked;
    private volatile Result<String> two = out.asked;

    @Actor
    public void join() {
      one = out.join(out.run);
    }

    @Actor
    public void joinToo() {
      two = out.join(out.run);
    }

    @Actor
    public void fail() {
      out.release();
    }

    @Arbiter
    public void ended(LLI_Result result) {
      result.r1 = end(one);
      result.r2 = end(two);
      result.r3 = out.times();
    }
  }

  /** How often what was had is closed, waiting until it is had. */
  private static int closes(Result<Acme.Feed> result) {
    try {
      return result.await().closed.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  /** Two come to a subscription as its only holder leaves: what they get is open. */
  @JCStressTest
  @org.openjdk.jcstress.annotations.Outcome(
      id = "0, 0",
      expect = Expect.ACCEPTABLE,
      desc = "Both hold an open one")
  @org.openjdk.jcstress.annotations.Outcome(
      expect = Expect.FORBIDDEN,
      desc = "Somebody was given what is closed")
  @State
  public static class JoinJoinLetGo {
    private final TurnRunner runner = new TurnRunner();
    private final TurnRun run = runner.start(new TurnScheme());
    private final Turn<Acme.Feed> feed = Acme.of(new Outside()).feed("BTC");
    private final Result<Acme.Feed> leaving = run.submit("leaving", feed);
    private volatile Result<Acme.Feed> one = leaving;
    private volatile Result<Acme.Feed> two = leaving;

    public JoinJoinLetGo() {
      closes(leaving);
    }

    @Actor
    public void join() {
      one = run.submit("one", feed);
    }

    @Actor
    public void joinToo() {
      two = run.submit("two", feed);
    }

    @Actor
    public void leave() {
      leaving.cancel();
    }

    @Arbiter
    public void closed(II_Result result) {
      result.r1 = closes(one);
      result.r2 = closes(two);
      runner.close();
    }
  }
}
