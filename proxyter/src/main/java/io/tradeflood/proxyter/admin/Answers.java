package io.tradeflood.proxyter.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tradeflood.proxyter.admin.Documents.CallbackDocument;
import io.tradeflood.proxyter.admin.Documents.ClientDocument;
import io.tradeflood.proxyter.admin.Documents.GroupDocument;
import io.tradeflood.proxyter.admin.Documents.LimitsDocument;
import io.tradeflood.proxyter.admin.Documents.OriginDocument;
import io.tradeflood.proxyter.admin.Documents.ProxyDocument;
import io.tradeflood.proxyter.admin.Documents.RouteDocument;
import io.tradeflood.proxyter.admin.Schemas.Words;
import io.tradeflood.proxyter.config.Difference;
import io.tradeflood.proxyter.event.Event;
import io.tradeflood.proxyter.gateway.Lease;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What comes out. */
final class Answers {
  static final String HARDLY = "what can be used but is hardly meant, a line each";

  private Answers() {}

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  record ProxyState(
      @Words("up suspect down half_open probation auth_failed paused draining disabled")
          String state,
      @Words("what part of its ordinary share it gets") double share,
      Optional<Instant> since,
      @Words("when it is looked at next") Optional<Instant> until,
      Optional<String> verdict,
      List<String> groups,
      int tunnels,
      @Words("tunnels being set up") int setups,
      long opened,
      long failed,
      long bytesUp,
      long bytesDown,
      @Words("peak average of the time of a set-up") double setupMillis,
      @Words("of recent set-ups, 0 to 1") double successRate) {}

  record ProxyItem(
      String id,
      @Words(value = "", shape = ProxyDocument.class) Map<String, Object> document,
      ProxyState state) {}

  record Proxies(long revision, List<ProxyItem> items) {}

  record ProxyDetail(
      String id,
      ProxyState state,
      @Words("targets that do not serve it") List<Pair> pairs,
      List<Limit> limits,
      @Words("what was seen of it, by class") Map<String, Long> attempts,
      @Words("the newest events about it, with their evidence") List<Event> events) {}

  record Examined(
      String id,
      @Words("whether it answered; a diagnosis says nothing of that") Optional<Boolean> reached,
      ProxyState state,
      @Words("targets that do not serve it") List<Pair> pairs,
      @Words(
              "what was concluded meanwhile, the newest first: of it, and by a diagnosis of the"
                  + " target, the provider or this machine")
          List<Event> events) {}

  record GroupState(
      @Words("not declared, but made of all proxies") boolean implicit,
      @Words("as of now: named, tagged, or all") List<String> members,
      int eligible,
      int tunnels) {}

  record GroupItem(
      String id,
      @Words(value = "", shape = GroupDocument.class) Map<String, Object> document,
      GroupState state,
      @Words(HARDLY) List<String> warnings) {}

  record Groups(long revision, List<GroupItem> items) {}

  record RouteState(
      @Words("not declared, but serves every type") boolean implicit,
      int waiting,
      int eligible,
      @Words("what became of requests since the start") Map<String, Long> outcomes) {}

  record RouteItem(
      String id,
      @Words(value = "", shape = RouteDocument.class) Map<String, Object> document,
      RouteState state) {}

  record Routes(long revision, List<RouteItem> items) {}

  record OriginItem(
      String id,
      @Words(value = "", shape = OriginDocument.class) Map<String, Object> document,
      OriginState state) {}

  record OriginState(boolean down, Optional<Instant> since, int blocked) {}

  record Origins(long revision, List<OriginItem> items) {}

  record CallbackItem(
      String id,
      @Words(value = "", shape = CallbackDocument.class) Map<String, Object> document,
      CallbackState state) {}

  record CallbackState(
      @Words("events it is still owed") int queued,
      @Words("in a row") int failures,
      @Words("events given up") long lost,
      @Words("whether it has said that it wants nothing more") boolean off) {}

  record Callbacks(long revision, List<CallbackItem> items) {}

  record CallbackTest(@Words("what the receiver answered") int status, boolean delivered) {}

  record ClientItem(
      String id,
      @Words(value = "", shape = ClientDocument.class) Map<String, Object> document,
      ClientState state) {}

  record ClientState(int tunnels) {}

  record Clients(long revision, List<ClientItem> items) {}

  record Removed(
      long revision,
      String id,
      @Words("whether its tunnels are waited for first") boolean draining,
      @Words(HARDLY) List<String> warnings) {}

  record Accepted(String id, String state) {}

  record Imported(
      long revision,
      List<String> added,
      List<String> changed,
      List<String> unchanged,
      List<String> skipped) {}

  record Limit(
      String scope,
      String kind,
      long used,
      long capacity,
      long headroom,
      @Words("requests refused for want of room in it") long rejected,
      @Words("length of a rate or a window, in seconds") Optional<Double> seconds) {}

  record Limits(long revision, List<Limit> items) {}

  record LimitItem(
      String scope,
      @Words(value = "", shape = LimitsDocument.class) Map<String, Object> document,
      List<Limit> state) {}

  record Pair(
      String proxy,
      String origin,
      String type,
      @Words("paused banned refused") String state,
      String verdict,
      Instant since,
      Instant until,
      @Words("how often it has been blocked") int times) {}

  record MatrixOrigin(String origin, boolean down, Optional<Instant> since, int tunnels) {}

  record MatrixProxy(String id, String state, double share) {}

  record Matrix(
      Instant at,
      @Words("whether nothing is concluded because this machine reaches nobody") boolean frozen,
      List<MatrixProxy> proxies,
      List<MatrixOrigin> origins,
      @Words("pairs that are not well; all others are") List<Pair> blocked) {}

  record Leases(@Words("of all that are open and asked for") int total, List<Lease> items) {}

  record Events(
      @Words("the number of the newest event") long last,
      @Words("the number of the oldest that is remembered") long first,
      List<Event> items) {}

  record Told(
      @Words("banned paused suspected served noted") String action,
      @JsonProperty("switch") @Words("whether the client should drop its tunnels by this proxy")
          boolean switches,
      Optional<Instant> until,
      Optional<String> proxy,
      Optional<String> origin,
      @Words("tunnels closed because of it") int closed,
      @Words("why the report was not taken, instead of all else") Optional<String> problem) {}

  record Entry(
      @Words("added changed removed") String kind, String section, String id, List<String> keys) {
    static List<Entry> of(Difference difference) {
      return difference.entries().stream()
          .map(e -> new Entry(lower(e.kind()), e.section(), e.id(), e.keys()))
          .toList();
    }
  }

  record Config(
      long revision,
      Map<String, Object> file,
      @Words("what was changed while running") Map<String, Object> overlay,
      @Words("why the file was refused since it was last taken") Optional<String> rejected) {}

  record Effective(long revision, Map<String, Object> document) {}

  record Changes(long revision, List<Entry> changes, @Words(HARDLY) List<String> warnings) {}

  record Valid(boolean valid, List<Entry> changes, @Words(HARDLY) List<String> warnings) {}

  record RouteReady(String type, boolean ready, int eligible) {}

  record Ready(boolean ready, List<RouteReady> routes) {}

  record Live(boolean live) {}

  record Overview(
      Instant time,
      Instant started,
      long revision,
      Optional<String> rejected,
      boolean frozen,
      int clients,
      int tunnels,
      Map<String, Integer> waiting,
      Map<String, Long> outcomes,
      @Words("events that callbacks are still owed") int owed,
      @Words("the number of the newest event") long lastEvent) {}
}
