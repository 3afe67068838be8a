package io.tradeflood.turn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an endpoint: a method that returns {@link Turn} and does not execute when it is called, but
 * joins a plan. An override of an endpoint is an endpoint; it need not say so again.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TurnExecution {
  /** What the endpoint does to the other side. */
  Kind value() default Kind.READ;

  /** What a call does to the other side, and so how equal calls are treated. */
  enum Kind {
    /** Changes nothing: equal calls are one, in any order. */
    READ,
    /** Opens a shared sequence of events: equal calls share it, counted. */
    SUBSCRIBE,
    /** Changes something: never merged, run in the order of the program. */
    WRITE
  }
}
