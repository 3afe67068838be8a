/**
 * What a tunnel through Proxyter costs beside HAProxy, tinyproxy and proxy-chain, and what becomes
 * of clients when one of its upstream proxies fails. Clients, upstream proxies and the target are
 * processes of their own on loopback; every proxy under test is measured by the same ones.
 */
@NullMarked
package io.tradeflood.bench.proxy;

import org.jspecify.annotations.NullMarked;
