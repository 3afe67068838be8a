package io.tradeflood.model;

/** Asks for the present value of what an exchange has as a whole, such as its clock. */
public record ExchangeQuery() implements Query {}
