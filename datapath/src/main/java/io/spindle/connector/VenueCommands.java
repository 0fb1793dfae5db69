package io.spindle.connector;

import io.spindle.log.ControlClient;
import io.spindle.oms.Ascii;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.SetVenueLinkEncoder;
import io.spindle.oms.command.VenueOrderEncoder;
import io.spindle.oms.command.VenueQuoteEncoder;
import io.spindle.oms.command.VenueReportEncoder;
import io.spindle.oms.command.VenueSyncedEncoder;

import org.agrona.ExpandableArrayBuffer;

import java.io.IOException;

/** What a connector says about its venue, as commands in an {@link Outbox}. */
final class VenueCommands {
    private static final long NOBODY_WAITS = 0;

    private final ControlClient control;
    private final Outbox outbox;
    private final int adapter;
    private final long venue;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(128);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SetVenueLinkEncoder link = new SetVenueLinkEncoder();
    private final VenueReportEncoder report = new VenueReportEncoder();
    private final VenueQuoteEncoder quote = new VenueQuoteEncoder();
    private final VenueOrderEncoder order = new VenueOrderEncoder();
    private final VenueSyncedEncoder synced = new VenueSyncedEncoder();

    VenueCommands(final ControlClient control, final Outbox outbox, final ConnectorConfig config) {
        this.control = control;
        this.outbox = outbox;
        this.adapter = config.adapter();
        this.venue = Ascii.packInt(config.venue()) & 0xFFFF_FFFFL;
    }

    private void add(final long sequence, final int encodedLength) {
        outbox.add(sequence, buffer, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
    }

    /** Goes ahead of all that waits; false if the ring is full. */
    boolean link(final boolean up, final long stream, final long perSecond, final long burst)
            throws IOException {
        link
                .wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(NOBODY_WAITS)
                .requestLow(NOBODY_WAITS)
                .stream(stream)
                .venue(venue)
                .adapter(adapter)
                .perSecond(perSecond)
                .burst(burst)
                .up((short) (up ? 1 : 0));
        return control.send(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + link.encodedLength());
    }

    void report(
            final long sequence,
            final char kind,
            final long number,
            final long quantity,
            final long price,
            final int reason,
            final char liquidity) {
        report.wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(NOBODY_WAITS)
                .requestLow(NOBODY_WAITS)
                .sequence(sequence)
                .quantity(quantity)
                .price(price)
                .venue(venue)
                .number(number)
                .reason(reason)
                .kind((byte) kind)
                .liquidity((byte) liquidity);
        add(sequence, report.encodedLength());
    }

    void quote(
            final long symbol,
            final long bid,
            final long bidQuantity,
            final long ask,
            final long askQuantity) {
        quote.wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(NOBODY_WAITS)
                .requestLow(NOBODY_WAITS)
                .symbol(symbol)
                .bidPrice(bid)
                .bidQuantity(bidQuantity)
                .askPrice(ask)
                .askQuantity(askQuantity)
                .venue(venue);
        add(0, quote.encodedLength());
    }

    void order(final long number, final long executed, final long value, final long open) {
        order.wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(NOBODY_WAITS)
                .requestLow(NOBODY_WAITS)
                .executed(executed)
                .executedValue(value)
                .open(open)
                .venue(venue)
                .number(number);
        add(0, order.encodedLength());
    }

    void synced(final long throughNumber) {
        synced.wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(NOBODY_WAITS)
                .requestLow(NOBODY_WAITS)
                .venue(venue)
                .throughNumber(throughNumber);
        add(0, synced.encodedLength());
    }
}
