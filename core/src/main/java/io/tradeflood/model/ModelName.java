package io.tradeflood.model;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The word by which users ask for a model, where it is not the record's own name with a small first
 * letter: {@code OrderBook} is asked for as {@code book}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ModelName {
  /** One word, letters and digits, starting with a small letter. */
  String value();
}
