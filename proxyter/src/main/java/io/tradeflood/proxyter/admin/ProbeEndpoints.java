package io.tradeflood.proxyter.admin;

import static io.tradeflood.proxyter.admin.Endpoint.of;

import io.tradeflood.proxyter.admin.Answers.Accepted;
import io.tradeflood.proxyter.admin.Answers.Examined;
import io.tradeflood.proxyter.admin.Endpoint.Outcome;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.event.Event;
import io.tradeflood.proxyter.health.Attempt;
import io.tradeflood.proxyter.health.Job;
import io.tradeflood.proxyter.health.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** What operators want to have looked at now. */
final class ProbeEndpoints {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Map<Integer, Outcome> OUTCOMES =
      Map.of(
          200, new Outcome("done: what is known now", Examined.class),
          202, new Outcome("begun; its state and its events tell", Accepted.class));

  private final Parts parts;
  private final Looks looks;

  ProbeEndpoints(Parts parts, Looks looks) {
    this.parts = parts;
    this.looks = looks;
  }

  List<Endpoint> endpoints() {
    return List.of(
        of(
                "POST",
                "/v1/proxies/{id}:probe",
                "Finds out whether it answers",
                Accepted.class,
                this::probe)
            .with("wait", "string", "for the answer, so long at most, 30s or less")
            .giving(OUTCOMES),
        of(
                "POST",
                "/v1/proxies/{id}:diagnose",
                "Finds out who is at fault at a target",
                Accepted.class,
                this::diagnose)
            .with("target", "string", "HOST:PORT")
            .with("type", "string", "the request's type")
            .with("wait", "string", "for the verdict, so long at most, 30s or less")
            .giving(OUTCOMES));
  }

  private Reply probe(Call call) {
    String id = existing(call);
    return ask(call, id, new Job.ProbeProxy(id), "probing", event -> isAbout(event, id));
  }

  private Reply diagnose(Call call) {
    String id = existing(call);
    String target =
        call.parameter("target")
            .orElseThrow(
                () -> Problem.of(400, "parameter 'target' is missing: expected HOST:PORT"));
    var address = Looks.address("target", target);
    var failure =
        new Attempt(
            parts.clock().instant(),
            id,
            parts.gateway().origin(address.host()),
            address.toString(),
            looks.groupsOf(id).stream().findFirst().orElse(""),
            call.parameter("type").orElse("default"),
            Signal.CONNECT_FAILED,
            "probe",
            0,
            Optional.empty(),
            0);
    Optional<String> provider =
        Optional.ofNullable(parts.settings().proxies().get(id)).flatMap(Settings.Proxy::provider);
    return ask(
        call,
        id,
        new Job.Diagnose(failure),
        "diagnosing",
        event -> isAbout(event, id) || isAround(event, failure.origin(), provider));
  }

  private static boolean isAbout(Event event, String proxy) {
    return event.proxy().filter(part -> part.id().equals(proxy)).isPresent();
  }

  /** About what a proxy's failure may be the fault of: the target, the provider, this machine. */
  private static boolean isAround(Event event, String origin, Optional<String> provider) {
    return event.subject().equals("origin:" + origin)
        || provider.filter(name -> event.subject().equals("provider:" + name)).isPresent()
        || event.type().startsWith("network.");
  }

  private String existing(Call call) {
    String id = call.place("id");
    if (!parts.settings().proxies().containsKey(id))
      throw Problem.notFound("there is no proxy '%s'".formatted(Call.shortened(id)));
    return id;
  }

  /**
   * @param wanted which of the events meanwhile belong to the answer
   */
  private Reply ask(Call call, String id, Job job, String state, Predicate<Event> wanted) {
    Optional<Duration> wait = call.parameter("wait").map(w -> Lengths.parameter("wait", w));
    if (wait.filter(longest -> longest.compareTo(LONGEST) > 0).isPresent())
      throw Problem.of(400, "parameter 'wait' is longer than 30s");
    long last = parts.journal().last();
    var answer = parts.prober().ask(job);
    var begun = Reply.json(202, new Accepted(id, state));
    if (wait.isEmpty()) return begun;
    try {
      Optional<Boolean> reached = answer.get(wait.get().toMillis(), TimeUnit.MILLISECONDS);
      return examined(id, reached, last, wanted);
    } catch (TimeoutException _) {
      return begun;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return begun;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Reply examined(String id, Optional<Boolean> reached, long last, Predicate<Event> wanted) {
    // Asked first: behind it, what was concluded has been told.
    var pairs =
        parts.watcher().snapshot().pairs().stream()
            .filter(pair -> pair.proxy().equals(id))
            .map(Looks::pair)
            .toList();
    List<Event> events =
        parts.journal().after(last, Integer.MAX_VALUE).reversed().stream().filter(wanted).toList();
    return Reply.json(200, new Examined(id, reached, looks.pool().state(id), pairs, events));
  }
}
