package io.tradeflood.turn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIL_Result;
import org.openjdk.jcstress.infra.results.IIZ_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Races of those who join a call, end it, leave it and give it up. Run by {@link NodeStressTest}
 * and {@link RacesOfThreeTest}.
 */
final class NodeStress {
  private NodeStress() {}

  private static final TurnRun RUN = new TurnRunner().start(new TurnScheme());
  private static final Call<?> CALL = (Call<?>) Acme.of(new Outside()).page("BTC", 1);

  private static Node node(int wants) {
    return new Node(RUN, CALL, new Result<>(RUN, "asker"), false, wants);
  }

  /** Counts how often it is told. */
  private static final class Ear implements Taker {
    private volatile boolean wanted;
    volatile int told;
    volatile @Nullable Object had;

    Ear(boolean wanted) {
      this.wanted = wanted;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // only one thread may ever tell it
    public void take(int index, Object outcome, Pump pump) {
      had = outcome;
      told++;
    }

    @Override
    public boolean isWanted() {
      return wanted;
    }

    void join(Node node) {
      var outcome = node.join(this, 0, false, node.first);
      if (outcome == null) return;
      had = outcome;
      told += 10;
    }

    void leave() {
      wanted = false;
    }
  }

  private static int once(Ear ear) {
    return ear.told == 1 || ear.told == 10 ? 1 : ear.told;
  }

  /** Who joins while the call ends is told once. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Each is told once")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Somebody is forgotten or told twice")
  @State
  public static class JoinEnd {
    private final Node node = node(Node.KEEP);
    private final Ear before = new Ear(true);
    private final Ear during = new Ear(true);

    public JoinEnd() {
      before.join(node);
    }

    @Actor
    public void join() {
      during.join(node);
    }

    @Actor
    public void end() {
      node.take(0, "value", new Pump());
    }

    @Arbiter
    public void told(II_Result result) {
      result.r1 = once(before);
      result.r2 = once(during);
    }
  }

  /** Two who join at once are both told. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Each is told once")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Somebody is forgotten or told twice")
  @State
  public static class JoinJoin {
    private final Node node = node(Node.KEEP);
    private final Ear one = new Ear(true);
    private final Ear other = new Ear(true);

    @Actor
    public void join() {
      one.join(node);
    }

    @Actor
    public void joinToo() {
      other.join(node);
    }

    @Arbiter
    public void told(II_Result result) {
      node.take(0, "value", new Pump());
      result.r1 = once(one);
      result.r2 = once(other);
    }
  }

  /** A call is never given up behind the back of one who joins. */
  @JCStressTest
  @Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "It was joined and lives")
  @Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "It was gone before")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Somebody waits for what was given up")
  @State
  public static class JoinGiveUp {
    private final Node node = node(Node.KEEP);
    private volatile boolean waits;
    private volatile boolean gone;

    public JoinGiveUp() {
      new Ear(false).join(node);
    }

    @Actor
    public void join() {
      waits = node.join(new Ear(true), 0, false, node.first) == null;
    }

    @Actor
    public void giveUp() {
      gone = node.giveUp(new Pump());
    }

    @Arbiter
    public void end(ZZ_Result result) {
      result.r1 = waits;
      result.r2 = gone;
    }
  }

  /** Who waits is told once, whether the call ends or is given up. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Told once")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Forgotten or told twice")
  @State
  public static class EndGiveUp {
    private final Node node = node(Node.KEEP);
    private final Ear ear = new Ear(false);

    public EndGiveUp() {
      ear.join(node);
    }

    @Actor
    public void end() {
      node.take(0, "value", new Pump());
    }

    @Actor
    public void giveUp() {
      node.giveUp(new Pump());
    }

    @Arbiter
    public void told(I_Result result) {
      result.r1 = ear.told;
    }
  }

  /** A value that two planned to take is not let go before both have it. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both have it")
  @Outcome(expect = Expect.FORBIDDEN, desc = "One came too late")
  @State
  public static class TakeTake {
    private final Node node = node(2);
    private final int[] had = new int[2];

    public TakeTake() {
      node.take(0, "value", new Pump());
    }

    private void take(int index) {
      if ("value".equals(node.join(new Ear(true), 0, true, node.first))) had[index]++;
    }

    @Actor
    public void take() {
      take(0);
    }

    @Actor
    public void takeToo() {
      take(1);
    }

    @Arbiter
    public void had(II_Result result) {
      result.r1 = had[0];
      result.r2 = had[1];
    }
  }

  /** The same while the call ends: one waits already, the other comes at that moment. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both have it")
  @Outcome(expect = Expect.FORBIDDEN, desc = "One came too late")
  @State
  public static class TakeEnd {
    private final Node node = node(2);
    private final Ear before = new Ear(true);
    private final Ear during = new Ear(true);
    private volatile boolean had;

    public TakeEnd() {
      node.join(before, 0, true, node.first);
    }

    @Actor
    public void take() {
      had = "value".equals(node.join(during, 0, true, node.first));
    }

    @Actor
    public void end() {
      node.take(0, "value", new Pump());
    }

    @Arbiter
    public void had(II_Result result) {
      result.r1 = before.told;
      result.r2 = during.told + (had ? 1 : 0);
    }
  }

  /** One leaves, one joins and the call ends: who joins has the value or finds it gone. */
  @JCStressTest
  @Outcome(id = "1, 1, value", expect = Expect.ACCEPTABLE, desc = "Both are told, one the value")
  @Outcome(id = "1, 1, GONE", expect = Expect.ACCEPTABLE, desc = "It was gone and is begun again")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Who joined is forgotten or lost with who left")
  @State
  public static class JoinLeaveEnd {
    private final Node node = node(Node.KEEP);
    private final Ear leaving = new Ear(true);
    private final Ear joining = new Ear(true);

    public JoinLeaveEnd() {
      leaving.join(node);
    }

    @Actor
    public void join() {
      joining.join(node);
    }

    @Actor
    public void leave() {
      leaving.leave();
      node.giveUp(new Pump());
    }

    @Actor
    public void end() {
      node.take(0, "value", new Pump());
    }

    @Arbiter
    public void told(IIL_Result result) {
      result.r1 = once(leaving);
      result.r2 = once(joining);
      result.r3 = String.valueOf(joining.had);
    }
  }

  /** Two join while the call fails: both have the failure, and it is the same. */
  @JCStressTest
  @Outcome(id = "1, 1, true", expect = Expect.ACCEPTABLE, desc = "Each is told the failure once")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Somebody is forgotten, or told something else")
  @State
  public static class JoinJoinFail {
    private final Node node = node(Node.KEEP);
    private final Broken broken = new Broken(new Failure.Bug("a failure"));
    private final Ear one = new Ear(true);
    private final Ear other = new Ear(true);

    @Actor
    public void join() {
      one.join(node);
    }

    @Actor
    public void joinToo() {
      other.join(node);
    }

    @Actor
    public void fail() {
      node.take(0, broken, new Pump());
    }

    @Arbiter
    public void told(IIZ_Result result) {
      result.r1 = once(one);
      result.r2 = once(other);
      result.r3 = broken.equals(one.had) && broken.equals(other.had);
    }
  }

  /** Two who were counted take the value, and one who was not comes as it goes. */
  @JCStressTest
  @Outcome(id = "1, 1, value", expect = Expect.ACCEPTABLE, desc = "In time")
  @Outcome(id = "1, 1, RELEASED", expect = Expect.ACCEPTABLE, desc = "Let go; the run remembers it")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Somebody who was counted came too late")
  @State
  public static class TakeTakeJoin {
    private final Node node = node(2);
    private final Ear uncounted = new Ear(true);
    private final int[] had = new int[2];
    private final Scope passing = new Results<>(RUN, "sequence", List.of(), 1, false);

    public TakeTakeJoin() {
      node.take(0, "value", new Pump());
    }

    private void take(int index) {
      if ("value".equals(node.join(new Ear(true), 0, true, node.first))) had[index]++;
    }

    @Actor
    public void take() {
      take(0);
    }

    @Actor
    public void takeToo() {
      take(1);
    }

    @Actor
    public void join() {
      uncounted.had = node.join(uncounted, 0, false, passing);
    }

    @Arbiter
    public void had(IIL_Result result) {
      result.r1 = had[0];
      result.r2 = had[1];
      result.r3 = String.valueOf(uncounted.had);
    }
  }
}
