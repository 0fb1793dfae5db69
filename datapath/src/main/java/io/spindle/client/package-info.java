/**
 * The reference client: order entry over the UDP session layer, as a firm would write it. {@link
 * io.spindle.client.ClientSession} and {@link io.spindle.client.OrderDesk} take time and datagrams
 * as arguments, so that the same code trades over a socket and in a simulation. Cold.
 */
package io.spindle.client;
