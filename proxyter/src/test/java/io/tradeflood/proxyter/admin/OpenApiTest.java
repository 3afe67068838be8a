package io.tradeflood.proxyter.admin;

import static io.tradeflood.proxyter.admin.AdminFixture.WITH_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The description, beside what the server does. */
@Timeout(60)
class OpenApiTest {
  private static final String DOCUMENT =
      WITH_TOKEN
          + "clients: {alice: {secret: s1, limits: {tunnels: 9}}}\n"
          + "proxies: [{id: one, url: direct, tags: [a], limits: {window: ['60/1m']}}, {id: two,"
          + " url: 'http://u:p@127.0.0.1:9'}]\n"
          + "groups: {main: {proxies: [one, two], perProxy: {tunnels: 5}}}\n"
          + "routes: {'*': {groups: main, banOn: [418, 403], probe: {url:"
          + " 'http://127.0.0.1/ping'}}}\n"
          + "callbacks: [{id: ops, url: 'http://127.0.0.1:9/x', events: ['proxy.*']}]\n";

  /** Checks a value against a schema, as far as the description uses JSON Schema. */
  private static void check(
      JsonNode schema, JsonNode value, JsonNode document, String at, List<String> wrong) {
    if (schema.has("$ref")) {
      check(document.at(schema.get("$ref").asString().substring(1)), value, document, at, wrong);
      return;
    }
    if (schema.has("oneOf")) {
      int fits = 0;
      for (JsonNode each : schema.get("oneOf")) {
        var inner = new ArrayList<String>();
        check(each, value, document, at, inner);
        if (inner.isEmpty()) fits++;
      }
      if (fits != 1) wrong.add(at + " fits " + fits + " of oneOf");
      return;
    }
    if (schema.has("enum")
        && schema.get("enum").valueStream().noneMatch(each -> each.equals(value)))
      wrong.add(at + " is none of " + schema.get("enum"));
    if (!schema.has("type")) return;
    boolean fits =
        switch (schema.get("type").asString()) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isString();
          case "boolean" -> value.isBoolean();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          default -> false;
        };
    if (!fits) {
      wrong.add(at + " is " + value + ", not " + schema.get("type"));
      return;
    }
    if ("date-time".equals(schema.path("format").asString("")))
      assertThat(java.time.Instant.parse(value.asString())).isNotNull();
    if (value.isArray())
      for (int i = 0; i < value.size(); i++)
        check(schema.path("items"), value.get(i), document, at + "[" + i + "]", wrong);
    if (!value.isObject()) return;
    for (JsonNode name : schema.path("required"))
      if (!value.has(name.asString())) wrong.add(at + " lacks " + name.asString());
    for (Map.Entry<String, JsonNode> each : value.properties()) {
      JsonNode declared = schema.path("properties").path(each.getKey());
      JsonNode more = schema.path("additionalProperties");
      if (!declared.isMissingNode())
        check(declared, each.getValue(), document, at + "." + each.getKey(), wrong);
      else if (more.isObject())
        check(more, each.getValue(), document, at + "." + each.getKey(), wrong);
      else if (more.isBoolean() && !more.asBoolean()) wrong.add(at + " has " + each.getKey());
    }
  }

  @Test
  void everyEndpointIsDescribedAndEveryReferenceLeadsSomewhere() {
    try (var fixture = new AdminFixture(DOCUMENT)) {
      JsonNode document = fixture.get("/openapi.json").is(200).json();
      assertThat(document.get("openapi").asString()).isEqualTo("3.1.0");
      for (String path :
          List.of(
              "/v1/proxies",
              "/v1/proxies/{id}",
              "/v1/proxies:import",
              "/v1/proxies/{id}:diagnose",
              "/v1/matrix",
              "/v1/groups/{id}",
              "/v1/routes/{id}",
              "/v1/limits/{scope}",
              "/v1/callbacks/{id}:test",
              "/v1/origins/{id}",
              "/v1/explain",
              "/v1/feedback",
              "/v1/leases/{id}",
              "/v1/events",
              "/v1/config",
              "/v1/config:validate",
              "/metrics",
              "/livez",
              "/readyz",
              "/openapi.json")) assertThat(document.get("paths").has(path)).as(path).isTrue();
      Set<String> ids = new HashSet<>();
      document
          .get("paths")
          .properties()
          .forEach(
              path ->
                  path.getValue()
                      .properties()
                      .forEach(
                          operation -> {
                            String id = operation.getValue().get("operationId").asString();
                            assertThat(ids.add(id)).as(id).isTrue();
                            // Whatever is described is served: never an unknown path or method.
                            String real = path.getKey().replaceAll("\\{[a-z]+}", "none");
                            int status =
                                fixture
                                    .send(
                                        operation.getKey().toUpperCase(java.util.Locale.ROOT),
                                        real,
                                        "")
                                    .status();
                            assertThat(status)
                                .as(operation.getKey() + " " + real)
                                .isNotIn(405, 500);
                          }));
      for (JsonNode reference : document.findValues("$ref"))
        assertThat(document.at(reference.asString().substring(1)).isMissingNode())
            .as(reference.asString())
            .isFalse();
    }
  }

  @Test
  void whatTheServerAnswersIsWhatIsDescribed() throws IOException {
    try (var fixture = new AdminFixture(DOCUMENT)) {
      fixture.tunnel("t,id=c1,x=two:s1");
      fixture
          .send("POST", "/v1/feedback", "{\"id\":\"c1\",\"status\":429,\"retryAfter\":60}")
          .is(200);
      AdminFixture.until(() -> fixture.get("/v1/events").json().get("items").size() > 0);
      JsonNode document = fixture.get("/openapi.json").json();
      String[][] answers = {
        {"/v1/proxies", "/v1/proxies"},
        {"/v1/proxies/{id}", "/v1/proxies/two"},
        {"/v1/proxies/{id}/state", "/v1/proxies/one/state"},
        {"/v1/groups", "/v1/groups"},
        {"/v1/routes", "/v1/routes"},
        {"/v1/origins", "/v1/origins"},
        {"/v1/callbacks", "/v1/callbacks"},
        {"/v1/clients", "/v1/clients"},
        {"/v1/limits", "/v1/limits"},
        {"/v1/limits/{scope}", "/v1/limits/proxy:one"},
        {"/v1/matrix", "/v1/matrix"},
        {"/v1/explain", "/v1/explain?payload=t&target=127.0.0.1:443"},
        {"/v1/leases", "/v1/leases"},
        {"/v1/leases/{id}", "/v1/leases/c1"},
        {"/v1/events", "/v1/events"},
        {"/v1/config", "/v1/config"},
        {"/v1/config:diff", "/v1/config:diff"},
        {"/v1/overview", "/v1/overview"},
        {"/livez", "/livez"},
        {"/readyz", "/readyz"},
      };
      for (String[] each : answers) {
        JsonNode value = fixture.get(each[1]).is(200).json();
        JsonNode schema =
            document
                .get("paths")
                .get(each[0])
                .at("/get/responses/200/content/application~1json/schema");
        var wrong = new ArrayList<String>();
        check(schema, value, document, each[1], wrong);
        assertThat(wrong).as(each[1]).isEmpty();
      }
      JsonNode problem = fixture.get("/v1/proxies/nobody").is(404).json();
      var wrong = new ArrayList<String>();
      check(
          document.at("/components/schemas/ProblemDocument"), problem, document, "problem", wrong);
      assertThat(wrong).isEmpty();
    }
  }
}
