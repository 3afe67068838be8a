package io.tradeflood.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChildTest {
  /** Says what it is told, and fails if told to. */
  static final class Parrot {
    private Parrot() {}

    public static void main(String[] arguments) throws IOException {
      for (var argument : arguments) System.out.println(argument);
      if (arguments[0].equals("hurt")) throw new IllegalStateException("it hurts");
      if (arguments[0].equals("stay")) while (System.in.read() >= 0) System.out.println("still");
    }
  }

  @Test
  void whatAChildPrintsIsItsResult() throws Exception {
    assertThat(Child.java(Parrot.class, List.of("one", "two"))).containsExactly("one", "two");
  }

  @Test
  void aChildThatFailsIsToldWithItsName() {
    assertThatThrownBy(() -> Child.java(Parrot.class, List.of("hurt")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Parrot ended with code 1: ")
        .hasMessageContaining("it hurts");
  }

  @Test
  void aChildThatRunsOnEndsWhenItIsClosed() throws Exception {
    try (var child = Child.start(Parrot.class, List.of("stay"))) {
      assertThat(child.line()).isEqualTo("stay");
      assertThat(child.isAlive()).isTrue();
      child.close();
      assertThat(child.isAlive()).isFalse();
    }
  }

  @Test
  void aChildThatEndsTooEarlyIsTold() throws Exception {
    try (var child = Child.start(Parrot.class, List.of("one"))) {
      assertThat(child.line()).isEqualTo("one");
      assertThatThrownBy(child::line)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Parrot ended with code 0: it said nothing");
    }
  }
}
