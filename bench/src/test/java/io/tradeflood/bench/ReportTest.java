package io.tradeflood.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {
  private final Report report = new Report("bench of something");

  private List<String> printed() {
    var bytes = new ByteArrayOutputStream();
    report.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void columnsAreAlignedAndTargetsSayWhetherTheyAreMet() {
    report.line("a page", "1.0 s", "12.0 s", "12.0", ">= 10.0", true);
    report.line("a longer page", "10.0 s", "9.0 s", "0.90");
    report.line("a call", "3", "2", "1.50", "<= needed", false);
    report.word("A remark.");
    assertThat(printed())
        .startsWith(
            "bench of something",
            "",
            "  what             ours  baseline  ratio     target",
            "  a page          1.0 s    12.0 s   12.0    >= 10.0     met",
            "  a longer page  10.0 s     9.0 s   0.90",
            "  a call              3         2   1.50  <= needed  MISSED",
            "",
            "A remark.");
  }

  @Test
  void itKnowsWhetherATargetWasMissed() {
    report.line("this", "1", "1", "1.00");
    report.line("that", "1", "1", "1.00", ">= 1", true);
    assertThat(report.missed()).isFalse();
    report.line("another", "1", "1", "1.00", ">= 2", false);
    report.line("that", "1", "1", "1.00", ">= 1", true);
    assertThat(report.missed()).isTrue();
  }

  @Test
  void whatIsBrokenIsToldBelow() {
    report.broke("a row is missing");
    assertThat(printed()).contains("BROKEN: a row is missing");
    assertThat(report.broken()).containsExactly("a row is missing");
  }

  @Test
  void theMachineIsTold() {
    assertThat(printed())
        .anyMatch(line -> line.matches("machine: [0-9]+ cores, load .* only ratios count"));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.50", "9.994, 9.99", "12.34, 12.3", "1234.5, 1234.5"})
  void ratiosHaveTwoDigitsWhereTheyAreSmall(double ratio, String written) {
    assertThat(Report.ratio(ratio)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({"0.54, 0.5 s", "99.9, 99.9 s", "'12345.6', '12,346 s'"})
  void figuresHaveTheirUnit(double value, String written) {
    assertThat(Report.figure(value, "s")).isEqualTo(written);
  }
}
