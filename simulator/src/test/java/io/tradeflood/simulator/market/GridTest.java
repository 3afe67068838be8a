package io.tradeflood.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class GridTest {

  private static long at(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  @Test
  void weeksBeginOnMonday() {
    assertThat(Grid.weeks().floor(at("2025-03-14T09:26:53Z")))
        .isEqualTo(at("2025-03-10T00:00:00Z"));
  }

  @Test
  void monthsFollowTheCalendar() {
    Grid months = Grid.months();
    long march = months.floor(at("2024-03-31T23:59:59Z"));
    assertThat(march).isEqualTo(at("2024-03-01T00:00:00Z"));
    assertThat(months.step(march, -1)).isEqualTo(at("2024-02-01T00:00:00Z"));
    assertThat(months.step(march, 11)).isEqualTo(at("2025-02-01T00:00:00Z"));
  }

  @Test
  void aShiftedDayBeginsAtAnotherHour() {
    long ahead = 8 * Grid.HOUR;
    assertThat(Grid.every(Grid.DAY).shifted(ahead).floor(at("2025-03-14T09:00:00Z")))
        .isEqualTo(at("2025-03-13T16:00:00Z"));
    assertThat(Grid.months().shifted(ahead).floor(at("2025-03-31T17:00:00Z")))
        .isEqualTo(at("2025-03-31T16:00:00Z"));
  }

  @Property
  void aMomentLiesInItsCandle(@ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long time) {
    for (Grid grid :
        new Grid[] {
          Grid.every(Grid.SECOND),
          Grid.every(3 * Grid.DAY).shifted(8 * Grid.HOUR),
          Grid.weeks(),
          Grid.months(),
          Grid.months().shifted(-12 * Grid.HOUR)
        }) {
      long open = grid.floor(time);
      assertThat(time).isBetween(open, grid.next(open) - 1);
      assertThat(grid.step(grid.next(open), -1)).isEqualTo(open);
      assertThat(grid.ceiling(open)).isEqualTo(open);
      assertThat(grid.ceiling(open + 1)).isEqualTo(grid.next(open));
    }
  }
}
