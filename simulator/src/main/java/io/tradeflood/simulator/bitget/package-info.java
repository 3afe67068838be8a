/**
 * Bitget as it answers on REST v2: spot and futures ({@code mix}), with its envelope, windows, page
 * limits, rates per second and error codes. Stated after a copy of the public documentation of
 * December 2025 and reports of users up to April 2026; where those leave a bound open, rows start
 * from {@code startTime} on and before {@code endTime}.
 */
@NullMarked
package io.tradeflood.simulator.bitget;

import org.jspecify.annotations.NullMarked;
