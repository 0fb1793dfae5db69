package io.spindle.mgmt.testing;

import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.RoutingCommands;
import io.spindle.oms.Ascii;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.SetVenueLinkEncoder;
import io.spindle.oms.command.VenueQuoteEncoder;
import io.spindle.oms.command.VenueReportEncoder;
import io.spindle.oms.command.VenueSyncedEncoder;

import org.agrona.ExpandableArrayBuffer;

import java.util.UUID;

/** Another venue, as its connector tells of it in the log. */
public final class VenueScript {
    private static final long STREAM = 1;
    private static final long ALL_NUMBERS = 0xFFFF_FFFFL;

    private final MemoryLog log;
    private final String code;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private long reports;

    /** Defines the venue and opens it. */
    public VenueScript(final MemoryLog log, final String code) {
        this.log = log;
        this.code = code;
        log.post(RoutingCommands.defineVenue(UUID.randomUUID(), code, 0, 0, 0, true));
        final SetVenueLinkEncoder link = new SetVenueLinkEncoder();
        link.wrapAndApplyHeader(buffer, 0, header).requestHigh(0).requestLow(0).stream(STREAM)
                .venue(packed())
                .adapter(1)
                .perSecond(0)
                .burst(0)
                .up((short) 1);
        post(link.limit());
        final VenueSyncedEncoder synced = new VenueSyncedEncoder();
        synced.wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(0)
                .requestLow(0)
                .venue(packed())
                .throughNumber(ALL_NUMBERS);
        post(synced.limit());
    }

    private long packed() {
        return Ascii.packInt(code) & ALL_NUMBERS;
    }

    private void post(final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        log.post(AdminCommand.of(UUID.randomUUID(), bytes));
    }

    /** Wire prices, lots. */
    public void quote(
            final String symbol,
            final long bid,
            final long bidLots,
            final long ask,
            final long askLots) {
        final VenueQuoteEncoder quote = new VenueQuoteEncoder();
        quote.wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(0)
                .requestLow(0)
                .symbol(Ascii.pack(symbol))
                .bidPrice(bid)
                .bidQuantity(bidLots)
                .askPrice(ask)
                .askQuantity(askLots)
                .venue(packed());
        post(quote.limit());
    }

    /** The venue's next report, of the order that it knows by this number. */
    public void report(final char kind, final int number, final long lots, final long price) {
        final VenueReportEncoder report = new VenueReportEncoder();
        report.wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(0)
                .requestLow(0)
                .sequence(++reports)
                .quantity(lots)
                .price(price)
                .venue(packed())
                .number(number)
                .reason(0)
                .kind((byte) kind)
                .liquidity((byte) 'R');
        post(report.limit());
    }
}
