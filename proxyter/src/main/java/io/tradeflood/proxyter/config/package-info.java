/** The configuration: one document, checked as a whole before any of it is used. */
@NullMarked
package io.tradeflood.proxyter.config;

import org.jspecify.annotations.NullMarked;
