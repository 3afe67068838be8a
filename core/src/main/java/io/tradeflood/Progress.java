package io.tradeflood;

import io.tradeflood.connector.Waiting.Wait;
import java.util.List;

/**
 * How far a run has come.
 *
 * @param callsDone calls that have ended, well or not
 * @param callsPlanned calls that are known to be needed by now; grows where answers tell how many
 * @param rows rows that have come in
 * @param requestsDone requests that have ended
 * @param requests all requests
 * @param waits the limits that calls wait for now, those of other runs included
 */
public record Progress(
    long callsDone,
    long callsPlanned,
    long rows,
    int requestsDone,
    int requests,
    List<Wait> waits) {
  public Progress {
    waits = List.copyOf(waits);
  }
}
