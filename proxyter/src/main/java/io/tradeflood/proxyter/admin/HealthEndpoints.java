package io.tradeflood.proxyter.admin;

import static io.tradeflood.proxyter.admin.Endpoint.get;

import io.tradeflood.proxyter.admin.Answers.Leases;
import io.tradeflood.proxyter.admin.Answers.Matrix;
import io.tradeflood.proxyter.admin.Answers.MatrixOrigin;
import io.tradeflood.proxyter.admin.Answers.MatrixProxy;
import io.tradeflood.proxyter.admin.Call.Caller;
import io.tradeflood.proxyter.gateway.Explanation;
import io.tradeflood.proxyter.gateway.Lease;
import io.tradeflood.proxyter.health.HealthSnapshot;
import io.tradeflood.proxyter.payload.Payload;
import io.tradeflood.proxyter.payload.PayloadException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What is concluded of proxies at targets, who would serve a request, and the open tunnels. */
final class HealthEndpoints {
  private static final int MOST_LEASES = 10_000;

  private final Parts parts;
  private final Looks looks;

  HealthEndpoints(Parts parts, Looks looks) {
    this.parts = parts;
    this.looks = looks;
  }

  List<Endpoint> endpoints() {
    return List.of(
        get("/v1/matrix", "How proxies fare at targets", Matrix.class, this::matrix)
            .with("origin", "string", "only at this target, by our name for it"),
        get(
                "/v1/explain",
                "Who would serve a request now, and why not the others",
                Explanation.class,
                this::explain)
            .with("payload", "string", "such as binance.candles,s=1")
            .with("target", "string", "HOST:PORT")
            .with("client", "string", "whose limits count; none if left out"),
        get("/v1/leases", "The open tunnels, the newest first", Leases.class, this::leases)
            .by(Endpoint.Access.CLIENT)
            .with("proxy", "string", "only by this proxy")
            .with("origin", "string", "only to this target, by our name for it")
            .with("client", "string", "only of this client")
            .with("type", "string", "only of this type")
            .with("limit", "integer", "so many at most, 1000 if left out"),
        get(
                "/v1/leases/{id}",
                "A tunnel by its number, or by its client's id up to ten minutes after its end",
                Lease.class,
                this::lease)
            .by(Endpoint.Access.CLIENT));
  }

  private Reply matrix(Call call) {
    Looks.Pool pool = looks.pool();
    HealthSnapshot health = pool.health();
    Optional<String> only = call.parameter("origin");
    Predicate<String> wanted = name -> only.isEmpty() || only.get().equals(name);
    Map<String, Integer> tunnels = new HashMap<>();
    for (Lease lease : parts.gateway().leases()) tunnels.merge(lease.origin(), 1, Integer::sum);
    Map<String, HealthSnapshot.OriginState> states = new HashMap<>();
    for (HealthSnapshot.OriginState state : health.origins()) states.put(state.origin(), state);
    var names = new TreeSet<>(parts.settings().origins().keySet());
    names.addAll(tunnels.keySet());
    states.values().stream().filter(s -> s.down()).forEach(s -> names.add(s.origin()));
    List<HealthSnapshot.PairState> pairs = parts.pairs(health);
    pairs.forEach(pair -> names.add(pair.origin()));
    return Reply.json(
        new Matrix(
            health.at(),
            health.frozen(),
            pool.settings().proxies().keySet().stream()
                .map(
                    id -> {
                      var state = pool.state(id);
                      return new MatrixProxy(id, state.state(), state.share());
                    })
                .toList(),
            names.stream()
                .filter(wanted)
                .map(name -> origin(name, states.get(name), tunnels.getOrDefault(name, 0)))
                .toList(),
            pairs.stream().filter(pair -> wanted.test(pair.origin())).map(Looks::pair).toList()));
  }

  private static MatrixOrigin origin(
      String name,
      HealthSnapshot.@org.jspecify.annotations.Nullable OriginState state,
      int tunnels) {
    boolean down = state != null && state.down();
    Optional<Instant> since =
        Optional.ofNullable(state).filter(s -> s.down()).map(HealthSnapshot.OriginState::since);
    return new MatrixOrigin(name, down, since, tunnels);
  }

  private Reply explain(Call call) {
    String text = required(call, "payload", "such as binance.candles");
    String target = required(call, "target", "HOST:PORT");
    Optional<String> client = call.parameter("client");
    if (client.isPresent() && !parts.settings().clients().containsKey(client.get()))
      throw Problem.notFound("there is no client '%s'".formatted(Call.shortened(client.get())));
    try {
      Payload payload = Payload.parse(text);
      return Reply.json(parts.gateway().explain(payload, client, Looks.address("target", target)));
    } catch (PayloadException e) {
      throw Problem.of(400, "parameter 'payload': " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw Problem.of(400, "parameter 'target': " + e.getMessage());
    }
  }

  private static String required(Call call, String name, String expected) {
    return call.parameter(name)
        .filter(value -> !value.isBlank())
        .orElseThrow(
            () ->
                Problem.of(
                    400, "parameter '%s' is missing: expected %s".formatted(name, expected)));
  }

  private Reply leases(Call call) {
    int most = (int) call.number("limit", 1, MOST_LEASES).orElse(1_000);
    Optional<String> proxy = call.parameter("proxy");
    Optional<String> origin = call.parameter("origin");
    Optional<String> type = call.parameter("type");
    Optional<String> client =
        call.caller() instanceof Caller.Client own
            ? Optional.of(own.name())
            : call.parameter("client");
    List<Lease> fitting =
        parts.gateway().leases().stream()
            .filter(l -> proxy.isEmpty() || l.proxy().equals(proxy.get()))
            .filter(l -> origin.isEmpty() || l.origin().equals(origin.get()))
            .filter(l -> type.isEmpty() || l.type().equals(type.get()))
            .filter(l -> client.isEmpty() || l.client().equals(client.get()))
            .toList();
    return Reply.json(
        new Leases(
            fitting.size(),
            fitting.stream()
                .sorted(Comparator.comparingLong(Lease::number).reversed())
                .limit(most)
                .toList()));
  }

  private Reply lease(Call call) {
    String id = call.place("id");
    Optional<Lease> lease = find(parts, id);
    return Reply.json(
        lease
            .filter(l -> mayKnow(call.caller(), l))
            .orElseThrow(
                () -> Problem.notFound("there is no lease '%s'".formatted(Call.shortened(id)))));
  }

  /** By number first: an id that is a number is found where no tunnel has the number. */
  static Optional<Lease> find(Parts parts, String id) {
    Optional<Lease> byNumber =
        id.matches("[0-9]{1,18}") ? parts.gateway().lease(Long.parseLong(id)) : Optional.empty();
    return byNumber.or(() -> parts.gateway().lease(id));
  }

  static boolean mayKnow(Caller caller, Lease lease) {
    return switch (caller) {
      case Caller.Operator _ -> true;
      case Caller.Client client -> client.name().equals(lease.client());
      case Caller.Nobody _ -> false;
    };
  }
}
