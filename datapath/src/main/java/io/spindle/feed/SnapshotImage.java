package io.spindle.feed;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.codec.itch.AddOrder;
import io.spindle.codec.itch.AddOrderAttributed;
import io.spindle.codec.itch.Directory;
import io.spindle.codec.itch.InstrumentTerms;
import io.spindle.codec.itch.MoldPacket;
import io.spindle.codec.itch.SnapshotEnd;
import io.spindle.oms.InstrumentTable;
import io.spindle.oms.OrderTable;
import io.spindle.oms.TradingEngine;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.IntArrayList;

import java.nio.ByteBuffer;

/**
 * The public state of all books at one moment, in GLIMPSE's manner: directory, terms, state, halt
 * and collar of every instrument that was not removed, every displayed order in the order in which
 * it would trade, then the sequence at which to take up the live feed.
 *
 * <p>Made on the replica's thread; never changes afterwards.
 */
final class SnapshotImage implements BlockSource {
    private static final int ATTRIBUTED = 'A';

    private final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer(1 << 16);
    private final IntArrayList offsets = new IntArrayList();
    private final TradingEngine engine;
    private final InstrumentTable instruments;
    private final long timestampNs;
    private int end;

    /**
     * @param timestampNs of all messages, ns since midnight
     * @param joinSequence of the first message that the image does not contain
     */
    SnapshotImage(final TradingEngine engine, final long timestampNs, final long joinSequence) {
        this.engine = engine;
        this.timestampNs = timestampNs;
        instruments = engine.instruments();
        for (int instrument = 1; instrument <= instruments.count(); instrument++) {
            if (!instruments.isRemoved(instrument)) {
                addInstrument(instrument);
            }
        }
        for (int instrument = 1; instrument <= instruments.count(); instrument++) {
            addOrders(instrument, 'B');
            addOrders(instrument, 'S');
        }
        add(SnapshotEnd.encode(bytes, open(), joinSequence));
        offsets.addInt(end);
    }

    @Override
    public long nextSequence() {
        return offsets.size();
    }

    @Override
    public int read(final long sequence, final int maxCount, final ByteBuffer target) {
        final int first = (int) sequence - 1;
        final int last = (int) Math.min(first + (long) maxCount, nextSequence() - 1);
        if (first >= last) {
            return 0;
        }
        final int start = offsets.getInt(first);
        int next = first;
        while (next < last && offsets.getInt(next + 1) - start <= target.remaining()) {
            next++;
        }
        target.put(bytes.byteArray(), start, offsets.getInt(next) - start);
        return next - first;
    }

    private void addInstrument(final int instrument) {
        add(Directory.encode(bytes, open(), instruments, instrument, timestampNs));
        add(terms(instrument));
        add(
                Directory.encodeState(
                        bytes,
                        open(),
                        instruments,
                        instrument,
                        timestampNs,
                        instruments.tradingState(instrument)));
        addStatus(instrument);
    }

    private int terms(final int instrument) {
        return InstrumentTerms.encode(
                bytes,
                open(),
                instrument,
                timestampNs,
                instruments.symbol(instrument),
                instruments.priceDecimals(instrument),
                instruments.lotExponent(instrument),
                instruments.tickSize(instrument),
                instruments.minQuantity(instrument),
                instruments.maxQuantity(instrument),
                instruments.maxPrice(instrument),
                instruments.currency(instrument));
    }

    private void addStatus(final int instrument) {
        if (instruments.tradingState(instrument) == 'H') {
            add(Directory.encodeHalt(bytes, open(), instruments, instrument, timestampNs, true));
        }
        if (instruments.hasCollar(instrument)) {
            add(Directory.encodeCollar(bytes, open(), instruments, instrument, timestampNs));
        }
    }

    private void addOrders(final int instrument, final char side) {
        final OrderTable orders = engine.orders();
        engine.book(instrument)
                .visitOrders(
                        side,
                        (order, price, lots) -> {
                            final long shown = orders.shown(order);
                            if (shown > 0) {
                                addOrder(instrument, side, order, shown, price);
                            }
                            return true;
                        });
    }

    private void addOrder(
            final int instrument,
            final char side,
            final int order,
            final long shown,
            final long price) {
        final OrderTable orders = engine.orders();
        final long reference = orders.orderReference(order);
        final long symbol = instruments.symbol(instrument);
        if (orders.display(order) == ATTRIBUTED) {
            final int firm = engine.sessions().firm(orders.session(order));
            add(
                    AddOrderAttributed.encode(
                            bytes,
                            open(),
                            instrument,
                            timestampNs,
                            reference,
                            side,
                            shown,
                            symbol,
                            price,
                            firm));
        } else {
            add(
                    AddOrder.encode(
                            bytes,
                            open(),
                            instrument,
                            timestampNs,
                            reference,
                            side,
                            shown,
                            symbol,
                            price));
        }
    }

    /** Where the next message is to be encoded. */
    private int open() {
        return end + MoldPacket.BLOCK_HEADER_LENGTH;
    }

    private void add(final int length) {
        bytes.putShort(end, (short) length, BIG_ENDIAN);
        offsets.addInt(end);
        end += MoldPacket.BLOCK_HEADER_LENGTH + length;
    }
}
