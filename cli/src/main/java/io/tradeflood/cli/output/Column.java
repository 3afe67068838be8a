package io.tradeflood.cli.output;

import io.tradeflood.model.RecordSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of rows: a component of their record, a component of a record inside it ({@code
 * range.start}), or what they have in common.
 */
final class Column {
  /** What a column holds, as far as its look depends on it. */
  enum Kind {
    NUMBER,
    TIME,
    TEXT,
    /** Several values: written as JSON. */
    LIST
  }

  private final String name;
  private final Kind kind;
  private final Optional<Class<?>> elements;
  private final Function<Object, @Nullable Object> reader;

  private Column(
      String name,
      Kind kind,
      Optional<Class<?>> elements,
      Function<Object, @Nullable Object> reader) {
    this.name = name;
    this.kind = kind;
    this.elements = elements;
    this.reader = reader;
  }

  /** The columns of a record, in the order of its components. */
  static List<Column> of(Class<?> record) {
    return RecordSchema.of(record).columns().stream().map(Column::of).toList();
  }

  private static Column of(RecordSchema.Component component) {
    boolean records = component.kind() == RecordSchema.Kind.LIST && component.type().isRecord();
    return new Column(
        component.name(),
        kind(component),
        records ? Optional.of(component.type()) : Optional.empty(),
        row -> component.value(row).orElse(null));
  }

  /**
   * What the rows have in common, then the columns of the record. A component of the same name
   * takes the place: a row may know better than the question whom it is about.
   */
  static List<Column> of(Heading heading) {
    var own = of(heading.record());
    var columns = new ArrayList<Column>();
    for (var common : heading.common().entrySet())
      columns.add(
          own.stream()
              .filter(c -> c.name.equals(common.getKey()))
              .findFirst()
              .orElse(
                  new Column(
                      common.getKey(), Kind.TEXT, Optional.empty(), _ -> common.getValue())));
    for (var column : own) if (!heading.common().containsKey(column.name)) columns.add(column);
    return List.copyOf(columns);
  }

  private static Kind kind(RecordSchema.Component component) {
    return switch (component.kind()) {
      case DECIMAL, INTEGER -> Kind.NUMBER;
      case TIME -> Kind.TIME;
      case LIST, RECORD -> Kind.LIST;
      case TEXT -> Map.class.isAssignableFrom(component.type()) ? Kind.LIST : Kind.TEXT;
      case BOOLEAN, ENUM -> Kind.TEXT;
    };
  }

  String name() {
    return name;
  }

  Kind kind() {
    return kind;
  }

  /** The type of the elements, where the column holds a list of records. */
  Optional<Class<?>> elements() {
    return elements;
  }

  /** The value in a row, without the Optional around it; null where it is absent. */
  @Nullable Object value(Object row) {
    return reader.apply(row);
  }
}
