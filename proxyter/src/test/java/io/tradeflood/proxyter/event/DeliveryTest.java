package io.tradeflood.proxyter.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private final Delivery delivery = new Delivery(new Random(3));
  private long seq;

  private Event event(String type, String subject) {
    seq++;
    return new Event(
        "e" + seq,
        seq,
        Instant.EPOCH,
        type,
        "info",
        subject,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        "");
  }

  @Test
  void aReceiverThatWasDownForAnHourGetsEveryEventInOrder() {
    long now = 0;
    var got = new ArrayList<Long>();
    int tries = 0;
    for (long second = 0; second < 4 * 3_600; second++) {
      now = second * 1_000;
      if (second % 60 == 0 && second < 3_600) delivery.offer(event("proxy.down", "proxy:p"), now);
      for (var next = delivery.next(now); next.isPresent(); next = delivery.next(now)) {
        if (second < 3_600) {
          tries++;
          delivery.failed(now);
        } else {
          got.add(next.get().seq());
          delivery.delivered();
        }
      }
    }
    assertThat(got).hasSize(60).isSorted().doesNotHaveDuplicates();
    assertThat(tries).as("the wait grows").isBetween(8, 40);
    assertThat(delivery.lost()).isZero();
  }

  private List<Long> told(long now) {
    var told = new ArrayList<Long>();
    for (var next = delivery.next(now); next.isPresent(); next = delivery.next(now)) {
      told.add(next.get().seq());
      delivery.delivered();
    }
    return told;
  }

  @Test
  void ofOneTypeAndSubjectTheFirstIsToldAtOnceAndTheLastAfterFiveSeconds() {
    delivery.offer(event("config.reloaded", "config"), 0);
    delivery.offer(event("config.reloaded", "config"), 1_000);
    delivery.offer(event("config.reloaded", "config"), 4_999);
    delivery.offer(event("proxy.suspect", "proxy:b"), 4_999);
    assertThat(told(4_999)).containsExactly(1L, 4L);
    assertThat(delivery.dueAt()).isEqualTo(5_000);
    assertThat(delivery.oldest()).isEqualTo(3);
    assertThat(told(5_000)).containsExactly(3L);
    assertThat(delivery.oldest()).isEqualTo(Long.MAX_VALUE);
    // Those five seconds begin anew with what was told.
    delivery.offer(event("config.reloaded", "config"), 9_999);
    assertThat(told(9_999)).isEmpty();
    assertThat(told(10_000)).containsExactly(5L);
    delivery.offer(event("config.reloaded", "config"), 15_000);
    assertThat(told(15_000)).containsExactly(6L);
    assertThat(delivery.dueAt()).isEqualTo(Long.MAX_VALUE);
    assertThat(delivery.lost()).isZero();
  }

  @Test
  void whatIsToldOfASubjectLastIsWhatHappenedLast() {
    for (int i = 0; i < 20; i++)
      delivery.offer(event(i % 2 == 0 ? "proxy.down" : "proxy.up", "proxy:a"), i * 100);
    assertThat(told(4_999)).containsExactly(1L, 2L);
    // The last "up" is due a moment later, the last "down" is older.
    assertThat(told(5_000)).containsExactly(19L);
    assertThat(told(5_100)).containsExactly(20L);
    delivery.offer(event("proxy.down", "proxy:a"), 5_200);
    delivery.offer(event("proxy.up", "proxy:a"), 5_300);
    delivery.offer(event("proxy.down", "proxy:a"), 5_400);
    delivery.offer(event("proxy.removed", "proxy:a"), 5_500);
    assertThat(told(5_500)).containsExactly(22L, 23L, 24L);
    assertThat(delivery.size()).isZero();
  }

  @Test
  void whoEndsTellsWhatWaits() {
    delivery.offer(event("config.reloaded", "config"), 0);
    delivery.offer(event("config.reloaded", "config"), 1);
    assertThat(told(1)).containsExactly(1L);
    assertThat(delivery.size()).isEqualTo(1);
    delivery.tellAll(1);
    assertThat(told(1)).containsExactly(2L);
  }

  @Test
  void whenTooManyAreOwedTheOldestSuspicionGoesFirst() {
    delivery.offer(event("proxy.down", "proxy:first"), 0);
    delivery.offer(event("proxy.suspect", "proxy:second"), 0);
    for (int i = 0; i < Delivery.MOST - 1; i++)
      delivery.offer(event("proxy.down", "proxy:" + i), 0);
    assertThat(delivery.size()).isEqualTo(Delivery.MOST);
    assertThat(delivery.lost()).isEqualTo(1);
    assertThat(delivery.next(0).orElseThrow().subject()).isEqualTo("proxy:first");
    delivery.delivered();
    assertThat(delivery.next(0).orElseThrow().subject()).isEqualTo("proxy:0");
  }

  @Test
  void afterADayAnEventIsGivenUp() {
    delivery.offer(event("proxy.down", "proxy:a"), 0);
    assertThat(delivery.next(Delivery.GIVE_UP_MILLIS)).isPresent();
    assertThat(delivery.next(Delivery.GIVE_UP_MILLIS + 1)).isEmpty();
    assertThat(delivery.lost()).isEqualTo(1);
  }

  @Test
  void aReceiverThatWantsNoMoreGetsNoMore() {
    delivery.offer(event("proxy.down", "proxy:a"), 0);
    delivery.switchOff();
    delivery.offer(event("proxy.down", "proxy:b"), 0);
    assertThat(delivery.next(0)).isEmpty();
    assertThat(delivery.isOff()).isTrue();
  }

  @Test
  void aSignatureIsTheOneOfStandardWebhooks() {
    // Computed with: printf 'msg_1.1614265330.{"test": 2432232314}' | openssl dgst -sha256 -mac
    // HMAC
    // -macopt hexkey:30f19a1fdbd18ac81b1f3df25ee86829c5c5d2b0 -binary | base64
    assertThat(
            Signature.of(
                "whsec_MPGaH9vRisgbHz3yXuhoKcXF0rA=",
                "msg_1",
                1_614_265_330,
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("v1,yIznCgVlzvcXsdkZgR/8RbAC1TUChuvUtmoAhWqFZNg=");
  }
}
