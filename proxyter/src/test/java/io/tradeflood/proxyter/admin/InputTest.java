package io.tradeflood.proxyter.admin;

import static io.tradeflood.proxyter.admin.AdminFixture.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever comes in, the answer is a problem in one sentence and nothing breaks. */
@Timeout(90)
class InputTest {
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "null",
          "true",
          "-1",
          "1e999",
          "0.1",
          "\"url\"",
          "\"id\"",
          "\"direct\"",
          "\"limits\"",
          "\"tags\"",
          "\"window\"",
          "\"60/1m\"",
          "\"proxies\"",
          "\"***\"",
          "\"\\u0000\"",
          "\"\ud83d\ude00\"",
          "&a",
          "*a",
          "- ",
          "\n",
          "  ",
          "!!int",
          "\"enabled\"",
          "\"banOn\"",
          "418",
          "\"hosts\"",
          "\"status\"",
          "\"lease\"",
          "9223372036854775808");

  private static String random(SplittableRandom random) {
    var text = new StringBuilder(random.nextBoolean() ? "{" : "");
    int count = random.nextInt(1, 25);
    for (int i = 0; i < count; i++) text.append(PIECES.get(random.nextInt(PIECES.size())));
    if (random.nextBoolean()) text.append("}");
    return text.toString();
  }

  /** Well-formed, so that it comes further. */
  private static String structure(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 3 ? 5 : 8)) {
      case 0 -> "null";
      case 1 ->
          "\""
              + List.of("direct", "x", "***", "1/1s", "eu", "\\u0007").get(random.nextInt(6))
              + "\"";
      case 2 -> Integer.toString(random.nextInt(-5, 1_000));
      case 3 -> "true";
      case 4 -> "1.5";
      case 5 -> "[" + structure(random, depth + 1) + "," + structure(random, depth + 1) + "]";
      default -> {
        var out = new StringBuilder("{");
        List<String> keys =
            List.of(
                "url",
                "id",
                "tags",
                "limits",
                "window",
                "rate",
                "tunnels",
                "proxies",
                "groups",
                "hosts",
                "secret",
                "weight",
                "perProxy",
                "probe",
                "banOn",
                "status",
                "usedWeight",
                "retryAfter",
                "admin");
        int count = random.nextInt(4);
        int from = random.nextInt(keys.size());
        for (int i = 0; i < count; i++)
          out.append(i == 0 ? "" : ",")
              .append('"')
              .append(keys.get((from + i) % keys.size()))
              .append("\":")
              .append(structure(random, depth + 1));
        yield out.append("}").toString();
      }
    };
  }

  @Test
  void nothingThatComesInBreaksAnything() {
    var random = new SplittableRandom(20_26);
    List<String[]> places =
        List.of(
            new String[] {"PUT", "/v1/proxies/p"},
            new String[] {"PATCH", "/v1/proxies/keep"},
            new String[] {"POST", "/v1/proxies"},
            new String[] {"PUT", "/v1/groups/g"},
            new String[] {"PUT", "/v1/routes/r"},
            new String[] {"PUT", "/v1/origins/o"},
            new String[] {"PUT", "/v1/callbacks/c"},
            new String[] {"PUT", "/v1/limits/proxy:keep"},
            new String[] {"POST", "/v1/config:validate"},
            new String[] {"POST", "/v1/feedback"});
    try (var fixture = new AdminFixture(OPEN + "proxies: [{id: keep, url: direct}]\n")) {
      for (int i = 0; i < 1_500; i++) {
        String[] place = places.get(i % places.size());
        String body = i % 3 == 0 ? random(random) : structure(random, 0);
        boolean yaml = place[1].endsWith("validate") && random.nextBoolean();
        var answer =
            fixture.send(
                place[0],
                place[1],
                body,
                "content-type",
                yaml ? "application/yaml" : "application/json");
        assertThat(answer.status())
            .as("%s %s %s: %s", place[0], place[1], body, answer.text())
            .isIn(200, 201, 400, 409, 422);
        if (answer.status() >= 400) answer.problem(answer.status());
      }
      fixture.get("/v1/proxies").is(200);
      fixture.get("/v1/config?effective").is(200);
    }
  }

  @Test
  void deepAndRepeatedStructuresAreRefused() {
    try (var fixture = new AdminFixture(OPEN)) {
      fixture.send("PUT", "/v1/proxies/p", "{\"a\":".repeat(100_000)).problem(400);
      fixture.send("PUT", "/v1/proxies/p", "{\"url\":\"direct\",\"url\":\"direct\"}").problem(400);
      fixture.send("PUT", "/v1/proxies/p", "{\"url\":\"direct\"} {}").problem(400);
      String bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n";
      for (char c = 'b'; c < 'k'; c++)
        bomb += "%s: &%s [%s]\n".formatted(c, c, ("*" + (char) (c - 1) + ",").repeat(9));
      assertThat(
              fixture
                  .send("POST", "/v1/config:validate", bomb, "content-type", "application/yaml")
                  .status())
          .isIn(400, 422);
    }
  }
}
