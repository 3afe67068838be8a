/**
 * History: how a range becomes pages, and pages become rows. One engine for all exchanges, which
 * declare what their endpoints can do and never loop over pages themselves.
 */
@NullMarked
package io.tradeflood.history;

import org.jspecify.annotations.NullMarked;
