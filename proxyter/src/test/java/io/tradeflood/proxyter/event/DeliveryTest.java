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

  @Test
  void oneTypeOfOneSubjectIsToldOnceInFiveSeconds() {
    delivery.offer(event("proxy.suspect", "proxy:a"), 0);
    delivery.offer(event("proxy.suspect", "proxy:a"), 4_999);
    delivery.offer(event("proxy.suspect", "proxy:b"), 4_999);
    delivery.offer(event("proxy.up", "proxy:a"), 4_999);
    assertThat(delivery.size()).isEqualTo(3);
    delivery.offer(event("proxy.suspect", "proxy:a"), 10_000);
    assertThat(delivery.size()).isEqualTo(4);
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
