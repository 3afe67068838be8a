/**
 * Where operators come in: the HTTP interface to look at and change what runs, its description, the
 * metrics and a page. It has a port and threads of its own; the data path does not know it.
 */
@NullMarked
package io.tradeflood.proxyter.admin;

import org.jspecify.annotations.NullMarked;
