package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.pool.Upstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The members of a group, in the order of the configuration. */
final class Pool {
  private final String id;
  private final Scope scope;
  private final Durations setups;
  private final List<Upstream> upstreams;
  private final Map<String, Member> members = new HashMap<>();

  /**
   * @param setups how long its set-ups took; stays when the configuration changes
   */
  Pool(String id, Scope scope, Durations setups, List<Member> members) {
    this.id = id;
    this.scope = scope;
    this.setups = setups;
    var all = new ArrayList<Upstream>();
    for (Member member : members) {
      all.add(member.upstream());
      this.members.put(member.upstream().id(), member);
    }
    this.upstreams = List.copyOf(all);
  }

  String id() {
    return id;
  }

  Durations setups() {
    return setups;
  }

  Scope scope() {
    return scope;
  }

  List<Upstream> upstreams() {
    return upstreams;
  }

  Member member(Upstream upstream) {
    return Objects.requireNonNull(members.get(upstream.id()));
  }
}
