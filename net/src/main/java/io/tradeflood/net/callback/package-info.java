/**
 * Callbacks: exchanges post to us. Connectors describe what a post says and what keeps strangers
 * out; listening, checking and answering are the library's.
 */
@NullMarked
package io.tradeflood.net.callback;

import org.jspecify.annotations.NullMarked;
