package io.tradeflood.cli.output;

import io.tradeflood.net.json.JsonOutput;
import io.tradeflood.net.json.RecordWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One JSON object for each row: each on a line of its own, or all in one array. */
final class JsonRows implements RowOutput {
  private final OutputStream out;
  private final boolean array;
  private final RecordWriter writer = new RecordWriter();
  private final JsonOutput json = new JsonOutput();
  private Map<String, String> common = Map.of();
  private boolean any;

  private JsonRows(OutputStream out, boolean array) {
    this.out = out;
    this.array = array;
  }

  static JsonRows lines(OutputStream out) {
    return new JsonRows(out, false);
  }

  static JsonRows array(OutputStream out) {
    return new JsonRows(out, true);
  }

  /** Any value in JSON. */
  static String text(Object value) {
    var output = new JsonOutput();
    new RecordWriter().writeValue(value, output);
    return output.toString();
  }

  @Override
  public void begin(Heading heading) {
    var left = new LinkedHashMap<>(heading.common());
    Arrays.stream(heading.record().getRecordComponents()).forEach(c -> left.remove(c.getName()));
    common = left;
  }

  @Override
  public void rows(List<?> rows) throws IOException {
    for (Object row : rows) {
      if (array) out.write((any ? ",\n" : "[\n").getBytes(StandardCharsets.US_ASCII));
      any = true;
      json.beginObject();
      common.forEach((name, value) -> json.name(name).text(value));
      writer.writeFields((Record) row, json);
      json.endObject();
      if (!array) json.line();
      json.writeTo(out);
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    if (array) out.write((any ? "\n]\n" : "[]\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
