/**
 * A plug-in as a third party writes it, built as a jar of its own: an exchange with candles, a
 * model of its own, a new model of a built-in exchange, and one of its endpoints replaced.
 */
@NullMarked
package acme;

import org.jspecify.annotations.NullMarked;
