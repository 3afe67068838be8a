package io.tradeflood.simulator.bitget;

import io.tradeflood.simulator.wire.Json;

/** The data of an answer, written so far into the envelope, with the number of rows in it. */
record Page(Json json, int rows) {}
