package io.tradeflood.proxyter.admin;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The description of the interface, made of the endpoints that serve it. */
final class OpenApi {
  private static final Map<Integer, String> PROBLEMS =
      Map.of(
          400, "the request cannot be read",
          401, "no or a wrong token",
          403, "not allowed",
          404, "not there",
          406, "nothing of what Accept asks for",
          412, "the configuration has another revision than If-Match names",
          413, "the body is too long",
          415, "the body is of another type",
          422, "the body can be read but not used");

  private final Schemas schemas = new Schemas();

  private OpenApi() {}

  static Map<String, Object> of(List<Endpoint> endpoints, String version) {
    return new OpenApi().document(endpoints, version);
  }

  private Map<String, Object> document(List<Endpoint> endpoints, String version) {
    var paths = new LinkedHashMap<String, Map<String, Object>>();
    for (Endpoint endpoint : endpoints)
      paths
          .computeIfAbsent(endpoint.template(), _ -> new LinkedHashMap<>())
          .put(endpoint.method().toLowerCase(java.util.Locale.ROOT), operation(endpoint));
    var unused = schemas.of(Problem.Document.class);
    var document = new LinkedHashMap<String, Object>();
    document.put("openapi", "3.1.0");
    document.put(
        "info",
        Map.of(
            "title",
            "Proxyter",
            "version",
            version,
            "description",
            "To look at a running Proxyter and to change it. Changes hold over a restart unless"
                + " persist=false; If-Match with the ETag of what was read keeps two operators"
                + " from overwriting each other. Secrets go in and never come out."));
    document.put("paths", paths);
    document.put(
        "components",
        Map.of(
            "schemas",
            schemas.named(),
            "securitySchemes",
            Map.of("token", Map.of("type", "http", "scheme", "bearer"))));
    return document;
  }

  private Map<String, Object> operation(Endpoint endpoint) {
    var operation = new LinkedHashMap<String, Object>();
    operation.put("summary", endpoint.words());
    operation.put("operationId", operationId(endpoint));
    operation.put(
        "security",
        endpoint.access() == Endpoint.Access.ANYBODY
            ? List.of()
            : List.of(Map.of("token", List.of())));
    List<Map<String, Object>> parameters = parameters(endpoint);
    if (!parameters.isEmpty()) operation.put("parameters", parameters);
    if (!endpoint.accepts().isEmpty())
      operation.put(
          "requestBody", Map.of("required", true, "content", content(endpoint.accepts())));
    operation.put("responses", responses(endpoint));
    return operation;
  }

  private static String operationId(Endpoint endpoint) {
    String words = endpoint.method() + endpoint.template();
    var id = new StringBuilder();
    for (String part : words.split("[^A-Za-z0-9]+"))
      if (id.isEmpty()) id.append(part.toLowerCase(java.util.Locale.ROOT));
      else if (!part.isEmpty() && !part.equals("v1"))
        id.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
    return id.toString();
  }

  private static List<Map<String, Object>> parameters(Endpoint endpoint) {
    var all = new ArrayList<Map<String, Object>>();
    for (String place : endpoint.places())
      all.add(
          Map.of(
              "name", place, "in", "path", "required", true, "schema", Map.of("type", "string")));
    for (Endpoint.Parameter parameter : endpoint.parameters())
      all.add(
          Map.of(
              "name",
              parameter.name(),
              "in",
              "query",
              "description",
              parameter.words(),
              "schema",
              Map.of("type", parameter.type())));
    return all;
  }

  private Map<String, Object> content(Map<String, Type> types) {
    var content = new LinkedHashMap<String, Object>();
    types.forEach((type, shape) -> content.put(type, Map.of("schema", schemas.of(shape))));
    return content;
  }

  private Map<String, Object> responses(Endpoint endpoint) {
    var responses = new LinkedHashMap<String, Object>();
    endpoint
        .gives()
        .forEach(
            (status, outcome) -> {
              var response = new LinkedHashMap<String, Object>();
              response.put("description", outcome.words());
              if (outcome.type() != Void.class) {
                var types = new LinkedHashMap<String, Type>();
                for (String type : endpoint.produces()) types.put(type, outcome.type());
                response.put("content", content(types));
              }
              responses.put(Integer.toString(status), response);
            });
    for (int status : problems(endpoint))
      responses.put(
          Integer.toString(status),
          Map.of(
              "description",
              PROBLEMS.getOrDefault(status, ""),
              "content",
              Map.of(Problem.TYPE, Map.of("schema", schemas.of(Problem.Document.class)))));
    return responses;
  }

  private static List<Integer> problems(Endpoint endpoint) {
    var all = new ArrayList<>(List.of(400, 406));
    if (endpoint.access() != Endpoint.Access.ANYBODY) all.addAll(List.of(401, 403));
    if (!endpoint.places().isEmpty()) all.add(404);
    if (!endpoint.accepts().isEmpty()) all.addAll(List.of(413, 415, 422));
    if (!endpoint.method().equals("GET")) all.add(412);
    return all.stream().distinct().sorted().toList();
  }
}
