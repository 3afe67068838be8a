/**
 * JSON. Pages of market data are read by {@link io.tradeflood.net.json.JsonScanner}, a pull scanner
 * over the bytes which were received; {@link io.tradeflood.net.json.Payload} turns such a page into
 * rows. Everything else is bound to records by {@link io.tradeflood.net.json.Json}, and {@link
 * io.tradeflood.net.json.RecordWriter} writes any record by its components. Numbers are exact
 * throughout: none ever passes through a {@code double}.
 */
@NullMarked
package io.tradeflood.net.json;

import org.jspecify.annotations.NullMarked;
