package io.spindle.nic;

import io.spindle.sys.Region;

/**
 * All that an {@link XdpQueue} touches: the queue knows neither the socket nor the program.
 *
 * @param fd rung to transmit and asked for totals
 * @param umem frames of {@link XdpSocket#FRAME_LENGTH} bytes, twice as many as a ring has entries
 * @param received frames that arrived
 * @param fill frames to receive into
 * @param sent frames to transmit
 * @param completed frames transmitted
 */
@Cold
record XdpMemory(
        int fd, Region umem, XdpRing received, XdpRing fill, XdpRing sent, XdpRing completed) {}
