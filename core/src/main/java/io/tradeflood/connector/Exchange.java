package io.tradeflood.connector;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The exchange that a connector talks to; inherited by interfaces that extend it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Exchange {
  /** The exchange's id: small letters, digits and hyphens, such as {@code binance}. */
  String value();
}
