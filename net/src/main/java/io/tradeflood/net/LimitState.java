package io.tradeflood.net;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a limit stands at one moment.
 *
 * @param limit the limit's name, such as {@code binance.spot-rest weight}
 * @param tenant whose credentials are counted, empty if the exchange counts by address
 * @param egress the way by which the exchange is reached, such as {@code direct}: one address, as
 *     far as is known
 * @param capacity how much one window holds
 * @param window the window's length
 * @param used how much is used as far as is known, by others behind the same address as well
 * @param left capacity less used
 * @param waiting how many requests wait for their share
 * @param delay about how long one would wait that comes now
 * @param shutUntil until when the exchange wants no more requests, UTC; empty if it has not said so
 * @param ban whether that is a ban rather than a pause
 */
public record LimitState(
    String limit,
    String tenant,
    String egress,
    long capacity,
    Duration window,
    long used,
    long left,
    int waiting,
    Duration delay,
    Optional<Instant> shutUntil,
    boolean ban) {}
