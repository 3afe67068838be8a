package io.tradeflood.proxyter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final int MOST = 65_536;

  private final Sessions sessions = new Sessions();

  @Test
  void whatIsRememberedIsRenewedEvenWhereThereIsNoRoom() {
    for (int i = 0; i < MOST; i++) {
      sessions.move("s" + i, "one", 100, 0);
      sessions.ranked("s" + i, 2, 100, 0);
    }
    sessions.move("s7", "two", 900, 50);
    sessions.ranked("s7", 3, 900, 50);
    assertThat(sessions.movedTo("s7", 500)).hasValue("two");
    assertThat(sessions.ranks("s7", 500)).isEqualTo(3);
    sessions.move("new", "one", 900, 50);
    assertThat(sessions.movedTo("new", 60)).as("no room").isEmpty();
  }

  @Test
  void thoseWhoseTimeIsOverMakeRoomOnceASecond() {
    for (int i = 0; i < MOST; i++) sessions.move("s" + i, "one", 100, 0);
    sessions.move("early", "one", 9_000, 99);
    assertThat(sessions.movedTo("early", 100)).isEmpty();
    sessions.move("again", "one", 9_000, 100);
    assertThat(sessions.movedTo("again", 100)).as("just looked").isEmpty();
    sessions.move("later", "one", 9_000, 1_099);
    assertThat(sessions.movedTo("later", 1_100)).hasValue("one");
  }
}
