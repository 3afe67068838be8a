package io.tradeflood.bench.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** The process with the upstream proxies and the target behind them. */
final class Stand {
  static final String UPSTREAM_USER = "up";
  static final String UPSTREAM_SECRET = "stream";
  static final int UPSTREAMS = 4;

  /**
   * The port that tunnels lead to. The upstream proxies play the target themselves: what lies
   * beyond them is the same for every proxy, and a connection more of the ground's own would make
   * the ground the bottleneck.
   */
  static final int TARGET = 9;

  /** As they stand in a head. */
  static final String UPSTREAM_CREDENTIALS =
      "Basic "
          + Base64.getEncoder()
              .encodeToString(
                  (UPSTREAM_USER + ":" + UPSTREAM_SECRET).getBytes(StandardCharsets.US_ASCII));

  private Stand() {}

  /** Answers {@code ports}, {@code fault UPSTREAM KIND} and {@code served}. */
  public static void main(String[] arguments) throws IOException {
    var sockets = new Sockets();
    List<Upstream> upstreams = new ArrayList<>();
    for (int i = 0; i < UPSTREAMS; i++) upstreams.add(new Upstream(sockets));
    Companion.serve(
        words ->
            switch (words[0]) {
              case "ports" ->
                  upstreams.stream()
                      .map(u -> Integer.toString(u.port()))
                      .collect(Collectors.joining(" "));
              case "fault" -> {
                upstreams.get(Integer.parseInt(words[1])).behave(Fault.valueOf(words[2]));
                yield "done";
              }
              case "served" ->
                  upstreams.stream()
                      .map(u -> Long.toString(u.served()))
                      .collect(Collectors.joining(" "));
              default -> throw new IllegalArgumentException(words[0] + " is not known");
            });
    System.exit(0);
  }
}
