package io.tradeflood;

/**
 * How far a run has come.
 *
 * @param callsDone calls that have ended, well or not
 * @param callsPlanned calls that are known to be needed by now; grows where answers tell how many
 * @param rows rows that have come in
 * @param requestsDone requests that have ended
 * @param requests all requests
 */
public record Progress(
    long callsDone, long callsPlanned, long rows, int requestsDone, int requests) {}
