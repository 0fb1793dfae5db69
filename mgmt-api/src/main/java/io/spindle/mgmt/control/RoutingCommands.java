package io.spindle.mgmt.control;

import io.spindle.oms.Ascii;
import io.spindle.oms.command.DefineVenueEncoder;
import io.spindle.oms.command.SetRoutingEncoder;
import io.spindle.oms.command.SyncVenueEncoder;

import java.util.UUID;

/** What may be asked of routing: venues, where orders go, comparisons with a venue. */
public final class RoutingCommands {
    private RoutingCommands() {}

    private static long packed(final String venue) {
        return Integer.toUnsignedLong(Ascii.packInt(venue));
    }

    /**
     * @param perSecond orders that may be sent to it, 0 = as many as it announces
     * @param timeoutNs an order not answered so long is told of, 0 = never
     * @param enabled false to route nothing there any more
     */
    public static AdminCommand defineVenue(
            final UUID request,
            final String venue,
            final int perSecond,
            final int burst,
            final long timeoutNs,
            final boolean enabled) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final DefineVenueEncoder command = new DefineVenueEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .venue(packed(venue))
                            .perSecond(perSecond)
                            .burst(burst)
                            .timeoutNs(timeoutNs)
                            .enabled((short) (enabled ? 1 : 0));
                    return command.limit();
                });
    }

    /**
     * Of an account, or of an instrument, or of all when both are empty.
     *
     * @param strategy C, P, L or S; 0 = none here
     * @param venue where orders go that name none; HOME is here
     */
    public static AdminCommand setRouting(
            final UUID request,
            final String account,
            final String symbol,
            final char strategy,
            final String venue,
            final long maxAgeNs) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final SetRoutingEncoder command = new SetRoutingEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .accountHigh(Ascii.pack(account))
                            .accountLow(Ascii.pack(account, Long.BYTES))
                            .symbol(Ascii.pack(symbol))
                            .maxAgeNs(maxAgeNs)
                            .venue(packed(venue))
                            .strategy((byte) strategy);
                    return command.limit();
                });
    }

    public static AdminCommand syncVenue(final UUID request, final String venue) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final SyncVenueEncoder command = new SyncVenueEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header).venue(packed(venue));
                    return command.limit();
                });
    }
}
