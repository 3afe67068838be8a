package io.tradeflood.bench.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** The process with the target and the upstream proxies. */
final class Stand {
  static final String UPSTREAM_USER = "up";
  static final String UPSTREAM_SECRET = "stream";
  static final int UPSTREAMS = 4;

  /**
   * A tunnel to this port ends at the upstream proxy, which plays the target: many idle tunnels
   * then take one descriptor of this process each, not three.
   */
  static final int NO_TARGET = 9;

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
    int target = Sockets.portOf(sockets.listen(0, TargetHandler::new));
    List<Upstream> upstreams = new ArrayList<>();
    for (int i = 0; i < UPSTREAMS; i++) upstreams.add(new Upstream(sockets, target));
    Companion.serve(
        words ->
            switch (words[0]) {
              case "ports" ->
                  target
                      + " "
                      + upstreams.stream()
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
