package io.tradeflood.proxyter.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why a request is not served: a status and a sentence, written as RFC 9457 wants it. */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;
  static final String TYPE = "application/problem+json";

  /** How it is written, for the description of the interface. */
  record Document(String type, String title, int status, String detail, List<String> problems) {}

  private final int status;
  private final List<String> problems;
  private final transient Map<String, String> headers;

  private Problem(int status, String detail, List<String> problems, Map<String, String> headers) {
    super(detail);
    this.status = status;
    this.problems = problems;
    this.headers = headers;
  }

  static Problem of(int status, String detail) {
    return new Problem(status, detail, List.of(), Map.of());
  }

  /** With all that is wrong, a line each. */
  static Problem of(int status, String detail, List<String> problems) {
    return new Problem(status, detail, List.copyOf(problems), Map.of());
  }

  static Problem notFound(String detail) {
    return of(404, detail);
  }

  Problem with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Problem(status, detail(), problems, more);
  }

  int status() {
    return status;
  }

  String detail() {
    return String.valueOf(getMessage());
  }

  Reply reply() {
    Reply.Whole reply =
        Reply.bytes(
            status,
            TYPE,
            Json.bytes(new Document("about:blank", title(status), status, detail(), problems)));
    for (Map.Entry<String, String> header : headers.entrySet())
      reply = reply.with(header.getKey(), header.getValue());
    return reply;
  }

  static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 422 -> "Unprocessable Content";
      case 428 -> "Precondition Required";
      case 429 -> "Too Many Requests";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      default -> status >= 500 ? "Internal Server Error" : "Error";
    };
  }
}
