package io.tradeflood.proxyter.admin;

import io.tradeflood.proxyter.admin.Schemas.OneOrMore;
import io.tradeflood.proxyter.admin.Schemas.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What operators and clients send, for the description of the interface. What it means, and whether
 * it can be used, is said where the configuration is read.
 */
final class Documents {
  private Documents() {}

  record LimitsDocument(
      @Words("so many tunnels open at once") OptionalLong tunnels,
      @Words("so many being opened at once") OptionalLong setups,
      @Words("evenly paced, such as 20/1s or 20/1s burst 5") Optional<OneOrMore> rate,
      @Words("never more in a window, such as 6000/1m or 600/5s rolling")
          Optional<OneOrMore> window,
      OptionalLong bytesPerSecond) {}

  record ProxyDocument(
      @Words("ours, by default made of the URL with its credentials") Optional<String> id,
      @Words("scheme://user:password@host:port; the password comes out as ***") String url,
      Optional<String> name,
      @Words("proxies of one provider fail together") Optional<String> provider,
      Optional<OneOrMore> tags,
      @Words("its share, 1 is ordinary") OptionalDouble weight,
      Optional<Boolean> enabled,
      @Words("path of PEM certificates for proxies spoken to in TLS") Optional<String> trust,
      @Words("over all groups") Optional<LimitsDocument> limits) {}

  record GroupDocument(
      @Words("its members by id; main, if it has neither these nor tags, has all proxies")
          Optional<OneOrMore> proxies,
      @Words("its members by tag") Optional<OneOrMore> tags,
      Optional<LimitsDocument> limits,
      @Words("of each proxy within the group") Optional<LimitsDocument> perProxy) {}

  record ProbeDocument(String url, OptionalLong expect, OptionalLong cost) {}

  record RouteDocument(
      @Words("where its requests leave, the first with room") Optional<OneOrMore> groups,
      Optional<LimitsDocument> limits,
      OptionalLong tries,
      @Words("a second proxy is tried beside a silent one after so long") Optional<String> hedge,
      Optional<String> budget,
      OptionalLong queue,
      Optional<String> maxAge,
      Optional<String> maxIdle,
      Optional<String> sessionTime,
      @Words("statuses of the target that shut a proxy out there") Optional<List<Integer>> banOn,
      @Words("statuses of the target that make a proxy wait there") Optional<List<Integer>> pauseOn,
      Optional<Boolean> closeOnBan,
      Optional<ProbeDocument> probe) {}

  record OriginDocument(OneOrMore hosts, Optional<LimitsDocument> perProxy) {}

  record CallbackDocument(
      Optional<String> id,
      @Words("gets a POST of each event; comes out without its path") String url,
      @Words(value = "signs the events; comes out as ***", secret = true) Optional<String> secret,
      @Words("which, such as proxy.*; all if there is none") Optional<OneOrMore> events) {}

  record ClientDocument(
      @Words(value = "comes out as ***", secret = true) String secret,
      Optional<LimitsDocument> limits) {}

  record FeedbackReport(
      @Words("the client's own id= of the tunnel") Optional<String> id,
      @Words("the number of the tunnel, from Proxyter-Lease") OptionalLong lease,
      @Words("with target, in place of id or lease") Optional<String> proxy,
      @Words("HOST:PORT") Optional<String> target,
      @Words("the request's type, with proxy and target") Optional<String> type,
      @Words("the target's HTTP status; left out if only used weight is told") OptionalLong status,
      @Words("seconds for which the target wants to be left alone") OptionalDouble retryAfter,
      @Words("until when, in place of retryAfter") Optional<java.time.Instant> until,
      @Words("what the target says is used of its windows, by their length, such as 1m")
          Optional<Map<String, Long>> usedWeight,
      @Words("how many requests the report speaks of") OptionalLong requests,
      OptionalLong bytes,
      Optional<String> bodyHint) {}
}
