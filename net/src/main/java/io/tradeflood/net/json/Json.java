package io.tradeflood.net.json;

import com.fasterxml.jackson.annotation.Nulls;
import java.io.Serial;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads records from JSON: the way for everything but pages of market data, which {@link Payload}
 * reads several times faster.
 *
 * <pre>{@code
 * record Answer(int code, List<Row> data) {}
 *
 * @JsonFormat(shape = JsonFormat.Shape.ARRAY)
 * record Row(Instant openTime, BigDecimal open, BigDecimal high, BigDecimal low) {}
 *
 * Answer answer = json.read(body, Answer.class);
 * }</pre>
 *
 * <p>A field goes to the component of its name; fields without one are ignored. A record marked as
 * above is read from an array, column by column, and further columns are ignored. A component which
 * is missing or {@code null} is an error unless it is an {@code Optional}. Numbers may stand in
 * quotes and are exact, decimals with their scale as written. An {@code Instant} is a number of
 * milliseconds since 1970 UTC, quoted or not, or an ISO-8601 text. Enums are read whatever the case
 * of their letters.
 *
 * <p>Immutable and safe to share; costly to make, so make one.
 */
public final class Json {

  private final JsonMapper mapper;

  /** Makes a reader. */
  public Json() {
    this.mapper =
        JsonMapper.builder()
            .annotationIntrospector(new RequiredComponents())
            .addModule(new SimpleModule().addDeserializer(Instant.class, new InstantDeserializer()))
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
            .build();
  }

  /**
   * Reads a payload as a value of a class.
   *
   * @throws UnexpectedJsonException when the payload is not such a value
   */
  public <T> T read(byte[] payload, Class<T> type) {
    return type.cast(read(payload, (Type) type));
  }

  /**
   * Reads a payload as a value of any type, also of a generic one.
   *
   * @throws UnexpectedJsonException when the payload is not such a value
   */
  public Object read(byte[] payload, Type type) {
    return read(payload, mapper.constructType(type));
  }

  /**
   * Reads a payload which is an array.
   *
   * @throws UnexpectedJsonException when the payload is not such an array
   */
  @SuppressWarnings("unchecked")
  public <T> List<T> readList(byte[] payload, Class<T> element) {
    JavaType type = mapper.getTypeFactory().constructCollectionType(List.class, element);
    return (List<T>) read(payload, type);
  }

  private Object read(byte[] payload, JavaType type) {
    @Nullable Object value;
    try {
      value = mapper.readValue(payload, type);
    } catch (JacksonException e) {
      throw new BindingProblem(payload, e).exception();
    }
    if (value == null) {
      throw new UnexpectedJsonException(BindingProblem.words(type), "null", "", 0, "", null);
    }
    return value;
  }

  /** Makes every component of a record required, but for the optional ones. */
  private static final class RequiredComponents extends JacksonAnnotationIntrospector {

    @Serial private static final long serialVersionUID = 1;

    private static final Set<Class<?>> OPTIONAL =
        Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      Boolean marked = super.hasRequiredMarker(config, member);
      if (marked != null || !member.getDeclaringClass().isRecord()) {
        return marked;
      }
      return !OPTIONAL.contains(member.getRawType());
    }
  }
}
