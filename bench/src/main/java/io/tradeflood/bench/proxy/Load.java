package io.tradeflood.bench.proxy;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The process with the clients. Everything but {@link #main} happens on its one loop. */
final class Load {
  /** A client waits no longer. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

  private static final int SMALL = 64;
  private static final int COMMON = 300;
  private static final long LARGE = 1L << 40;

  private final Sockets sockets = new Sockets();
  private final List<TunnelClient> idle = new ArrayList<>();

  private Load() {}

  /**
   * Answers, each for a port and credentials such as {@code 8900 user:secret} and a target's port:
   *
   * <ul>
   *   <li>{@code setups PORT WHO TARGET CLIENTS MOST SECONDS}: opens a tunnel, asks once, closes;
   *       until so many or so long
   *   <li>{@code asks PORT WHO TARGET CLIENTS SECONDS}: small answers one after another
   *   <li>{@code paced PORT WHO TARGET CLIENTS RATE SECONDS}: so many small answers a second
   *   <li>{@code bulk PORT WHO TARGET CLIENTS SECONDS}: one endless answer each
   *   <li>{@code idle PORT WHO TARGET CLIENTS}: opens tunnels and keeps them until {@code release}
   * </ul>
   */
  public static void main(String[] arguments) throws IOException {
    var load = new Load();
    Companion.serve(load::answer);
    System.exit(0);
  }

  private String answer(String[] words) throws Exception {
    if (words[0].equals("release")) return release();
    int port = Integer.parseInt(words[1]);
    ByteBuf request = TunnelClient.request(Integer.parseInt(words[3]), words[2]);
    int clients = Integer.parseInt(words[4]);
    var run = new Run(port, request, clients);
    return switch (words[0]) {
      case "setups" ->
          run.go(r -> r.new Setups(Long.parseLong(words[5])), Double.parseDouble(words[6]));
      case "asks" -> run.go(r -> r.new Asks(COMMON), Double.parseDouble(words[5]));
      case "bulk" -> run.go(r -> r.new Asks(LARGE), Double.parseDouble(words[5]));
      case "paced" ->
          run.go(r -> r.new Paced(Integer.parseInt(words[5])), Double.parseDouble(words[6]));
      case "idle" -> run.go(r -> r.new Idle(), 60);
      default -> throw new IllegalArgumentException(words[0] + " is not known");
    };
  }

  private String release() throws Exception {
    var done = new CompletableFuture<String>();
    sockets
        .loop()
        .execute(
            () -> {
              idle.forEach(TunnelClient::close);
              done.complete(Integer.toString(idle.size()));
              idle.clear();
            });
    return done.get();
  }

  /** One measurement. */
  private final class Run {
    private final InetSocketAddress proxy;
    private final ByteBuf request;
    private final int clients;
    private final Tally tally = new Tally();
    private final Set<TunnelClient> all = new HashSet<>();
    private final CompletableFuture<String> done = new CompletableFuture<>();
    private long began;
    private boolean over;

    Run(int port, ByteBuf request, int clients) {
      this.proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      this.request = request;
      this.clients = clients;
    }

    String go(java.util.function.Function<Run, Way> ways, double seconds) throws Exception {
      sockets
          .loop()
          .execute(
              () -> {
                Way way = ways.apply(this);
                began = System.nanoTime();
                way.begin();
                long millis = Math.round(seconds * 1_000);
                var _ = sockets.loop().schedule(this::end, millis, TimeUnit.MILLISECONDS);
                lookAround();
              });
      return done.get(120, TimeUnit.SECONDS);
    }

    private void lookAround() {
      if (over) return;
      long now = System.nanoTime();
      for (TunnelClient client : List.copyOf(all))
        if (now - client.began() > PATIENCE && isLate(client, now)) client.fail("silence");
      var _ = sockets.loop().schedule(this::lookAround, 100, TimeUnit.MILLISECONDS);
    }

    private static boolean isLate(TunnelClient client, long now) {
      return client.askedAt() == 0 || client.isBusy() && now - client.askedAt() > 30 * PATIENCE;
    }

    void end() {
      if (over) return;
      over = true;
      long took = System.nanoTime() - began;
      for (TunnelClient client : List.copyOf(all)) client.close();
      done.complete(tally.line(took));
    }

    void connect(TunnelClient.Owner owner) {
      var client = new TunnelClient(request, owner);
      all.add(client);
      sockets.connect(proxy, client, () -> client.fail("no connection"));
    }

    /** What the clients do. */
    private abstract class Way implements TunnelClient.Owner {
      void begin() {
        for (int i = 0; i < clients; i++) connect(this);
      }

      @Override
      public void received(int bytes) {
        tally.received(bytes);
      }

      @Override
      public void failed(TunnelClient client, String why) {
        all.remove(client);
        if (over) return;
        tally.failed(why);
        // At once would be a storm when nobody listens.
        var _ = sockets.loop().schedule(this::again, 1, TimeUnit.MILLISECONDS);
      }

      private void again() {
        if (!over) connect(this);
      }
    }

    private final class Setups extends Way {
      private final ByteBuf question = Ask.of(SMALL);
      private final long most;

      Setups(long most) {
        this.most = most;
      }

      @Override
      public void opened(TunnelClient client) {
        client.ask(question, SMALL);
      }

      @Override
      public void answered(TunnelClient client) {
        tally.done(System.nanoTime() - client.began());
        all.remove(client);
        client.close();
        if (tally.count() >= most) end();
        else if (!over) connect(this);
      }
    }

    private final class Asks extends Way {
      private final ByteBuf question;
      private final long answer;

      Asks(long answer) {
        this.question = Ask.of(answer);
        this.answer = answer;
      }

      @Override
      public void opened(TunnelClient client) {
        client.ask(question, answer);
      }

      @Override
      public void answered(TunnelClient client) {
        tally.done(System.nanoTime() - client.askedAt());
        if (!over) client.ask(question, answer);
      }
    }

    private final class Paced extends Way {
      private final ByteBuf question = Ask.of(COMMON);
      private final List<TunnelClient> open = new ArrayList<>();
      private final int perSecond;
      private long asked;
      private int next;

      Paced(int perSecond) {
        this.perSecond = perSecond;
      }

      @Override
      public void opened(TunnelClient client) {
        open.add(client);
        if (open.size() == clients) {
          began = System.nanoTime();
          tick();
        }
      }

      private void tick() {
        if (over) return;
        long due = (System.nanoTime() - began) * perSecond / 1_000_000_000L;
        for (; asked < due; asked++) {
          TunnelClient client = open.get(next++ % open.size());
          if (!client.isBusy()) client.ask(question, COMMON);
        }
        var _ = sockets.loop().schedule(this::tick, 500, TimeUnit.MICROSECONDS);
      }

      @Override
      public void answered(TunnelClient client) {
        tally.done(System.nanoTime() - client.askedAt());
      }
    }

    private final class Idle extends Way {
      private final ByteBuf question = Ask.of(SMALL);
      private int left = clients;
      private int beginning;

      @Override
      void begin() {
        more();
      }

      /** Not all at once: a backlog that overflows is no property of tunnels. */
      private void more() {
        while (left > 0 && beginning < 64) {
          left--;
          beginning++;
          connect(this);
        }
      }

      @Override
      public void opened(TunnelClient client) {
        client.ask(question, SMALL);
      }

      @Override
      public void answered(TunnelClient client) {
        tally.done(System.nanoTime() - client.began());
        all.remove(client);
        idle.add(client);
        beginning--;
        if (tally.count() == clients) end();
        else more();
      }

      @Override
      public void failed(TunnelClient client, String why) {
        if (idle.contains(client)) return;
        beginning--;
        super.failed(client, why);
      }
    }
  }
}
