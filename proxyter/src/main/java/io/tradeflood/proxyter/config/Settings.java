package io.tradeflood.proxyter.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The whole configuration, checked. See {@code proxyter.example.yaml} for every key with its
 * meaning.
 *
 * @param listen where clients come in
 * @param admin where operators come in
 * @param clients who may come in, by name; without any, everybody on this machine may
 * @param proxies the proxies, by id
 * @param groups the groups, by id
 * @param routes the routes, by the type or prefix of types they serve; {@code *} serves the rest
 * @param origins targets that are known by a name of ours, by that name
 * @param callbacks who is told of events
 * @param direct what may be reached without a proxy
 * @param health how faulty proxies are found and tried again
 * @param drain how long open tunnels are waited for
 * @param stateFolder where bans and run-time changes are kept over a restart; empty keeps them
 *     nowhere
 */
public record Settings(
    Listen listen,
    Admin admin,
    Map<String, Client> clients,
    Map<String, Proxy> proxies,
    Map<String, Group> groups,
    Map<String, Route> routes,
    Map<String, Origin> origins,
    List<Callback> callbacks,
    Direct direct,
    Health health,
    Drain drain,
    Optional<Path> stateFolder) {

  /**
   * Where clients come in.
   *
   * @param address the one port of HTTP and SOCKS5
   * @param tls where TLS is spoken, too, on the same port
   * @param types further ports, each for one payload, for clients that cannot send credentials
   * @param openTypes whether those ports, which ask for no secret, may be where others get at them
   * @param maxClients so many connections at most
   * @param headTimeout for a client's whole head
   * @param idleTimeout for a connection between two requests
   * @param ports the target ports that may be asked for; empty allows any
   */
  public record Listen(
      Address address,
      Optional<Tls> tls,
      Map<Integer, String> types,
      boolean openTypes,
      int maxClients,
      Duration headTimeout,
      Duration idleTimeout,
      Set<Integer> ports) {}

  /** A certificate chain and its key, both PEM. */
  public record Tls(Path certificate, Path key) {}

  /** Where operators come in; without a token only this machine does. */
  public record Admin(Address address, Optional<String> token) {
    @Override
    public String toString() {
      return "Admin[" + address + "]";
    }
  }

  /** Who may come in. */
  public record Client(String name, String secret, LimitSet limits) {
    @Override
    public String toString() {
      return "Client[" + name + "]";
    }
  }

  /**
   * A proxy.
   *
   * @param id ours; never its host and port, which several may share
   * @param url where it is
   * @param name for people
   * @param provider who runs it: proxies of one provider fail together
   * @param tags what it can be chosen by
   * @param weight its share, 1 is ordinary
   * @param enabled whether it is used at all
   * @param trust the certificates, PEM, that a proxy spoken to in TLS is verified by; empty means
   *     those of the Java runtime
   * @param limits of the proxy as a whole, over all groups
   */
  public record Proxy(
      String id,
      UpstreamUrl url,
      Optional<String> name,
      Optional<String> provider,
      Set<String> tags,
      double weight,
      boolean enabled,
      Optional<Path> trust,
      LimitSet limits) {}

  /**
   * A group of proxies.
   *
   * @param proxies its members: those that it names, those with one of its tags, or all
   * @param tags of which its members carry one
   * @param limits of the group as a whole
   * @param perProxy of each proxy within this group
   */
  public record Group(
      String id, List<String> proxies, Set<String> tags, LimitSet limits, LimitSet perProxy) {}

  /**
   * What happens to requests of a type.
   *
   * @param groups where they leave, the first with room
   * @param limits of the type as a whole
   * @param tries so many proxies at most for one tunnel
   * @param hedge when a proxy is silent for so long, a second is tried beside it; empty means the
   *     95th percentile of what it usually takes, but 300 ms at least
   * @param budget for getting a tunnel, waiting included
   * @param queue so many may wait for room
   * @param maxAge a tunnel is closed after so long
   * @param maxIdle a tunnel is closed when nothing moves for so long
   * @param sessionTime a session holds for so long after its last tunnel
   * @param banOn statuses of the target that shut a proxy out there
   * @param pauseOn statuses of the target that make a proxy wait there
   * @param closeOnBan whether a ban closes the pair's open tunnels
   * @param probe what may be asked to find out whether a ban has ended
   */
  public record Route(
      String type,
      List<String> groups,
      LimitSet limits,
      int tries,
      Optional<Duration> hedge,
      Duration budget,
      int queue,
      Optional<Duration> maxAge,
      Duration maxIdle,
      Duration sessionTime,
      Set<Integer> banOn,
      Set<Integer> pauseOn,
      boolean closeOnBan,
      Optional<Probe> probe) {}

  /** A request that tells whether a target serves a proxy: the answer to a GET of the URL. */
  public record Probe(URI url, int expect, long cost) {}

  /**
   * A target that is known by a name of ours.
   *
   * @param hosts names with {@code *} for any part
   * @param perProxy limits of each proxy at this target
   */
  public record Origin(String name, List<String> hosts, LimitSet perProxy) {}

  /**
   * Who is told of events.
   *
   * @param url gets a POST each
   * @param secret signs them
   * @param events which types, such as {@code proxy.*}; empty means all
   */
  public record Callback(String id, URI url, Optional<String> secret, List<String> events) {
    @Override
    public String toString() {
      return "Callback[" + id + "]";
    }
  }

  /**
   * What may be reached without a proxy.
   *
   * @param allowPrivate whether private, link-local and loopback addresses may be
   */
  public record Direct(boolean allowPrivate) {}

  /**
   * How faulty proxies are found and tried again.
   *
   * @param connectTimeout for reaching a proxy
   * @param handshakeTimeout for its answer
   * @param window how far back outcomes are compared
   * @param backOffFirst the wait before the first look at a proxy that is down
   * @param backOffMost the longest such wait
   * @param slowStart a proxy that is back gets its full share after so long
   * @param probesAtOnce so many probes at a time
   * @param probesPerSecond so many probes in a second
   * @param panicShare uncertain verdicts take out at most this part of a group
   * @param directProbes whether a target may be probed from this machine's own address
   * @param controls targets that are known to work, {@code host:port}
   */
  public record Health(
      Duration connectTimeout,
      Duration handshakeTimeout,
      Duration window,
      Duration backOffFirst,
      Duration backOffMost,
      Duration slowStart,
      int probesAtOnce,
      int probesPerSecond,
      double panicShare,
      boolean directProbes,
      List<Address> controls) {}

  /**
   * How long open tunnels are waited for before they are closed.
   *
   * @param atStop when Proxyter stops
   * @param removed those of a proxy that was removed
   */
  public record Drain(Duration atStop, Duration removed) {}

  /** What can be used but is hardly meant, a line each. */
  public List<String> warnings() {
    return groups.keySet().stream().flatMap(id -> warning(id).stream()).toList();
  }

  /** What is hardly meant of a group, in one line. */
  public Optional<String> warning(String group) {
    Group one = groups.get(group);
    return one == null || proxies.isEmpty() || !one.proxies().isEmpty() || !one.tags().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "groups.%s has neither proxies nor tags: nothing leaves by it until it has some"
                .formatted(group));
  }

  /** A URL as it may be shown: whatever in it can be secret is left out. */
  public static String withoutSecrets(URI url) {
    return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }

  /** The route of a type: the longest of its prefixes that has one, else the one of {@code *}. */
  public Optional<Route> route(String type) {
    for (String prefix = type; ; prefix = prefix.substring(0, prefix.lastIndexOf('.'))) {
      Route route = routes.get(prefix);
      if (route != null) return Optional.of(route);
      if (prefix.indexOf('.') < 0) return Optional.ofNullable(routes.get("*"));
    }
  }
}
