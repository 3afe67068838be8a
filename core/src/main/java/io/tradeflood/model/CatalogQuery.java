package io.tradeflood.model;

/** Asks for all that an exchange lists, such as its instruments. */
public record CatalogQuery() implements Query {}
