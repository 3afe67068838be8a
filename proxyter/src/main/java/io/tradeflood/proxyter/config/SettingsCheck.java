package io.tradeflood.proxyter.config;

import io.tradeflood.proxyter.payload.Payload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What the parts of a configuration must say of each other, where each is right by itself. */
final class SettingsCheck {
  private SettingsCheck() {}

  /** All that is wrong, a line each. */
  static List<String> problems(Settings s) {
    var problems = new ArrayList<String>();
    for (Settings.Group group : s.groups().values())
      for (String id : group.proxies())
        if (!s.proxies().containsKey(id))
          problems.add(
              "groups.%s.proxies names '%s', which is no proxy's id: expected one of %s"
                  .formatted(group.id(), id, s.proxies().keySet()));
    for (Settings.Route route : s.routes().values())
      for (String id : route.groups())
        if (!s.groups().containsKey(id))
          problems.add(
              "routes.%s.groups names '%s', which is no group: expected one of %s"
                  .formatted(route.type(), id, s.groups().keySet()));
    s.listen()
        .types()
        .forEach(
            (port, payload) -> {
              for (String id : Payload.parse(payload).groups())
                if (!s.groups().containsKey(id))
                  problems.add(
                      "listen.types.%d: key 'g' names '%s', which is no group: expected one of %s"
                          .formatted(port, id, s.groups().keySet()));
            });
    if (s.clients().isEmpty() && !isLoopback(s.listen().address()))
      problems.add(
          "listen.address is %s without any client: expected clients with secrets, or a loopback address"
              .formatted(s.listen().address()));
    boolean shared = !s.clients().isEmpty() || !isLoopback(s.listen().address());
    if (!s.listen().types().isEmpty() && shared && !s.listen().openTypes())
      problems.add(
          "listen.types has ports that ask for no secret, while listen.address asks for one: expected listen.openTypes: true if whoever reaches these ports may use them, else no types");
    if (s.admin().token().isEmpty() && !isLoopback(s.admin().address()))
      problems.add(
          "admin.address is %s without admin.token: expected a token, or a loopback address"
              .formatted(s.admin().address()));
    var secrets = new HashSet<String>();
    for (Settings.Client client : s.clients().values())
      if (!secrets.add(client.secret()))
        problems.add(
            "clients.%s has the secret of another client: expected one of its own"
                .formatted(client.name()));
    return problems;
  }

  private static boolean isLoopback(Address address) {
    return address.host().equals("localhost")
        || address.host().equals("::1")
        || address.host().matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
  }
}
