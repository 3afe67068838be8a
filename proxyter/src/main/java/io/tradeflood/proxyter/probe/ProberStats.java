package io.tradeflood.proxyter.probe;

/**
 * What the prober does now.
 *
 * @param waiting jobs that wait
 * @param running jobs that are being done, of one probe or several
 * @param probes probes in flight
 */
public record ProberStats(int waiting, int running, int probes) {}
