package io.tradeflood.model;

/**
 * What is asked of a model: a record, equal by value. Its components are what a user may set; the
 * command line, the server and the explanation of a plan read them off the record, by type and by
 * name:
 *
 * <table>
 * <caption>How a component is asked for</caption>
 * <tr><td>{@link Symbol}</td><td>the symbol</td></tr>
 * <tr><td>{@link Interval}</td><td>{@code --interval}</td></tr>
 * <tr><td>{@link Window}</td><td>{@code --from --to --last --limit}</td></tr>
 * <tr><td>{@code OptionalInt depth}</td><td>{@code --depth}</td></tr>
 * <tr><td>any other {@code String}, {@code int}, {@code long}, {@code boolean}, {@link
 *     java.math.BigDecimal}, {@link java.time.Instant}, enum, or an {@code Optional} of one</td>
 *     <td>{@code --set NAME=VALUE}</td></tr>
 * </table>
 */
public interface Query {}
