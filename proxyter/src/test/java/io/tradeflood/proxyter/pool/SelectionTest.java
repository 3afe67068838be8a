package io.tradeflood.proxyter.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.config.LimitSet;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.UpstreamUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
  private final Selection selection = new Selection(0.5, new Random(7));

  private static Upstream proxy(String id, double weight) {
    return new Upstream(
        new Settings.Proxy(
            id,
            UpstreamUrl.parse("http://127.0.0.1:1"),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            weight,
            true,
            Optional.empty(),
            LimitSet.NONE));
  }

  private static List<Upstream> proxies(int count) {
    return IntStream.range(0, count).mapToObj(i -> proxy("p" + i, 1)).toList();
  }

  private Upstream next(List<Upstream> members) {
    Upstream chosen = selection.next(members, _ -> true, _ -> 1, 0).orElseThrow();
    chosen.load().setupBegan();
    return chosen;
  }

  @Test
  void aBurstDoesNotHerdOnOneProxy() {
    for (int count : new int[] {4, 16, 64}) {
      var members = proxies(count);
      for (int i = 0; i < count * 10; i++) next(members);
      assertThat(members).allSatisfy(m -> assertThat(m.load().setups()).isBetween(5, 16));
    }
  }

  @Test
  void aProxyGetsAShareByItsWeight() {
    var members = List.of(proxy("a", 1), proxy("b", 3));
    for (int i = 0; i < 400; i++) next(members);
    assertThat(members.get(1).load().setups()).isBetween(290, 310);
  }

  @Test
  void whoIsSlowOrFailsIsTakenLess() {
    var members = proxies(3);
    members.get(0).load().setupBegan();
    members.get(0).load().setupEnded(900_000_000L, 0);
    members.get(0).load().tunnelClosed();
    for (int i = 0; i < 20; i++) {
      members.get(1).load().setupBegan();
      members.get(1).load().setupFailed(1_000_000, 0);
    }
    var taken = new HashMap<String, Integer>();
    for (int i = 0; i < 90; i++) taken.merge(next(members).id(), 1, Integer::sum);
    assertThat(taken.get("p2")).isGreaterThan(40);
    assertThat(taken.getOrDefault("p0", 0)).isLessThan(15);
  }

  @Test
  void aProxyOnProbationGetsPartOfItsShare() {
    var members = proxies(2);
    var taken = new HashMap<String, Integer>();
    for (int i = 0; i < 110; i++) {
      Upstream chosen =
          selection.next(members, _ -> true, u -> u.id().equals("p0") ? 0.1 : 1, 0).orElseThrow();
      chosen.load().setupBegan();
      taken.merge(chosen.id(), 1, Integer::sum);
    }
    assertThat(taken.get("p0")).isBetween(5, 15);
  }

  /** Takes one after another, each of which is over before the next; how often each was taken. */
  private int[] oneByOne(List<Upstream> members, Selection.Share share, long... nanos) {
    var taken = new int[members.size()];
    for (int i = 0; i < 3_000; i++) {
      Upstream chosen = selection.next(members, _ -> true, share, 0).orElseThrow();
      int which = members.indexOf(chosen);
      chosen.load().setupBegan();
      chosen.load().setupEnded(nanos.length == 0 ? 1_000_000 : nanos[which], 0);
      chosen.load().tunnelClosed();
      taken[which]++;
    }
    return taken;
  }

  @Test
  void whatComesOneAfterAnotherIsSharedByWeight() {
    int[] taken = oneByOne(List.of(proxy("a", 1), proxy("b", 2)), _ -> 1);
    assertThat(taken[0]).isBetween(900, 1_100);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 900, 1100", "0.1, 210, 340"})
  void whoIsSuspectOrBackGetsItsPartOfWhatComesOneAfterAnother(double share, int from, int to) {
    int[] taken = oneByOne(proxies(2), u -> u.id().equals("p0") ? share : 1);
    assertThat(taken[0]).isBetween(from, to);
  }

  @Test
  void theQuickestDoesNotGetAll() {
    int[] taken = oneByOne(proxies(2), _ -> 1, 4_000_000, 1_000_000);
    assertThat(taken[0]).as("half as much for four times the time").isBetween(900, 1_100);
  }

  @Test
  void allOfALargeGroupTakeTheirTurn() {
    int[] taken = oneByOne(proxies(30), u -> u.id().equals("p0") ? 0.1 : 1);
    assertThat(taken[0]).isBetween(5, 35);
    for (int i = 1; i < taken.length; i++) assertThat(taken[i]).isBetween(60, 145);
  }

  @Test
  void underLoadWhoHasTheLeastToDoIsTaken() {
    var members = proxies(3);
    for (int i = 0; i < 3; i++)
      for (int n = 0; n <= i; n++) {
        members.get(i).load().setupBegan();
        members.get(i).load().setupEnded(1_000_000, 0);
      }
    for (int i = 0; i < 50; i++)
      assertThat(selection.next(members, _ -> true, _ -> 1, 0)).contains(members.get(0));
    members.get(2).load().tunnelClosed();
    members.get(2).load().tunnelClosed();
    members.get(2).load().tunnelClosed();
    for (int i = 0; i < 50; i++)
      assertThat(selection.next(members, _ -> true, u -> u.id().equals("p2") ? 0.1 : 1, 0))
          .as("carrying nothing is no advantage for who shall get little")
          .contains(members.get(0));
  }

  @Test
  void theChancesAreThoseOfTheLot() {
    var members = List.of(proxy("a", 1), proxy("b", 2), proxy("c", 1));
    members.get(2).load().setupBegan();
    assertThat(selection.chances(members, _ -> 1, 0).values())
        .containsExactly(1 / 3.0, 2 / 3.0, 0.0);
    members.get(0).load().setupBegan();
    members.get(1).load().setupBegan();
    assertThat(selection.chances(members, _ -> 1, 0).values()).containsExactly(0.0, 1.0, 0.0);
  }

  @Test
  void anEligibleMemberIsFoundHoweverFewThereAre() {
    var members = proxies(200);
    assertThat(selection.next(members, u -> u.id().equals("p131"), _ -> 1, 0))
        .contains(members.get(131));
    assertThat(selection.next(members, _ -> false, _ -> 1, 0)).isEmpty();
  }

  @Test
  void aSessionKeepsItsProxyAndOnlyMovesWhenItMust() {
    var members = new ArrayList<>(proxies(10));
    var before = new HashMap<String, String>();
    for (int s = 0; s < 1_000; s++)
      before.put("s" + s, Selection.preference(members, "s" + s).getFirst().id());
    members.remove(3);
    int moved = 0;
    for (int s = 0; s < 1_000; s++) {
      String now = Selection.preference(members, "s" + s).getFirst().id();
      if (before.get("s" + s).equals("p3")) moved++;
      else assertThat(now).isEqualTo(before.get("s" + s));
    }
    assertThat(moved).isBetween(60, 140);
  }

  @Test
  void theSetUpTimeJumpsUpAtOnceAndComesDownSlowly() {
    var average = new PeakAverage(10_000);
    average.add(1_000_000, 1_000);
    assertThat(average.micros(1_000)).isEqualTo(1_000);
    average.add(50_000_000, 1_001);
    assertThat(average.micros(1_001)).isEqualTo(50_000);
    average.add(1_000_000, 1_002);
    assertThat(average.micros(1_002)).isBetween(49_000.0, 50_000.0);
    average.add(1_000_000, 31_002);
    assertThat(average.micros(31_002)).isLessThan(4_000);
  }

  @Test
  void aChangedDeclarationKeepsTheLoad() {
    var proxy = proxy("a", 1);
    proxy.load().setupBegan();
    var changed = proxy.with(proxy("a", 5).settings());
    assertThat(changed.settings().weight()).isEqualTo(5);
    assertThat(changed.load().setups()).isEqualTo(1);
  }
}
