/**
 * Bitget: spot and its contracts ("mix") by REST and by streams, version 2, and beside them version
 * 3, the unified account's, by REST. Facts are those of the pages at www.bitget.com/api-doc as of
 * 2025-12, and of reports of other clients up to 2026-04.
 */
@NullMarked
package io.tradeflood.exchange.bitget;

import org.jspecify.annotations.NullMarked;
