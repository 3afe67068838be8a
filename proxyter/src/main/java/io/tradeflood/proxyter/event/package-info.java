/**
 * What happened, for those who want to know: the journal and the callbacks. Never holds a secret.
 */
@NullMarked
package io.tradeflood.proxyter.event;

import org.jspecify.annotations.NullMarked;
