package io.spindle.matcher;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;

/**
 * The complete state of a book as a run of little-endian records: the book, then its orders, each
 * side in priority order. Written for snapshots, hashed for comparison, one walk for both.
 *
 * <pre>
 *   book    kind = 1 int, book int, max price int
 *   order   kind = 2 int, attributes int, order int, price int, open lots long, group int
 * </pre>
 */
@Cold
final class BookImage {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int BOOK_KIND = 1;
    private static final int ORDER_KIND = 2;
    private static final int BOOK_LENGTH = 3 * Integer.BYTES;
    private static final int ORDER_LENGTH = 5 * Integer.BYTES + Long.BYTES;
    private static final long HASH_SEED = 0xCBF29CE484222325L;
    private static final long HASH_PRIME = 0x100000001B3L;

    private final UnsafeBuffer record = new UnsafeBuffer(new byte[64]);
    private final Matcher matcher;
    private final Books books;
    private final LevelQueue queue;
    private final OrderCells orders;

    BookImage(
            final Matcher matcher,
            final Books books,
            final LevelQueue queue,
            final OrderCells orders) {
        this.matcher = matcher;
        this.books = books;
        this.queue = queue;
        this.orders = orders;
    }

    void save(final int book, final ImageSink sink) {
        record.putInt(0, BOOK_KIND, ORDER);
        record.putInt(4, book, ORDER);
        record.putInt(8, books.maxPriceTicks(book), ORDER);
        sink.onRecord(record, 0, BOOK_LENGTH);
        final OrderVisitor visitor =
                (order, price, lots) -> {
                    record.putInt(0, ORDER_KIND, ORDER);
                    record.putInt(4, orders.attributes(order), ORDER);
                    record.putInt(8, order, ORDER);
                    record.putInt(12, (int) price, ORDER);
                    record.putLong(16, lots, ORDER);
                    record.putInt(24, orders.group(order), ORDER);
                    sink.onRecord(record, 0, ORDER_LENGTH);
                    return true;
                };
        queue.visitOrders(Ladder.bookSide(book, OrderTerms.BUY), visitor);
        queue.visitOrders(Ladder.bookSide(book, OrderTerms.SELL), visitor);
    }

    void restore(final DirectBuffer buffer, final int offset, final int length) {
        final int kind = length < Integer.BYTES ? 0 : buffer.getInt(offset, ORDER);
        if (kind == BOOK_KIND && length == BOOK_LENGTH) {
            restoreBook(buffer, offset);
        } else if (kind == ORDER_KIND && length == ORDER_LENGTH) {
            restoreOrder(buffer, offset);
        } else {
            throw new IllegalArgumentException("record kind=" + kind + " length=" + length);
        }
    }

    private void restoreBook(final DirectBuffer buffer, final int offset) {
        final int book = buffer.getInt(offset + 4, ORDER);
        final int code = matcher.openBook(book, buffer.getInt(offset + 8, ORDER));
        if (code != AdmitCode.OK) {
            throw new IllegalArgumentException("book=" + book + " code=" + code);
        }
    }

    private void restoreOrder(final DirectBuffer buffer, final int offset) {
        final int attributes = buffer.getInt(offset + 4, ORDER);
        final OrderTerms terms = new OrderTerms();
        terms.book = OrderCells.book(attributes);
        terms.side = OrderCells.side(attributes);
        terms.order = buffer.getInt(offset + 8, ORDER);
        terms.priceTicks = buffer.getInt(offset + 12, ORDER);
        terms.lots = buffer.getLong(offset + 16, ORDER);
        final int code = matcher.admit(terms);
        if (code != AdmitCode.OK) {
            throw new IllegalArgumentException("order=" + terms.order + " code=" + code);
        }
        queue.append(
                terms.order,
                Ladder.bookSide(terms.book, terms.side),
                (int) terms.priceTicks,
                terms.lots);
        orders.attributes(terms.order, attributes);
        orders.group(terms.order, buffer.getInt(offset + 24, ORDER));
    }

    long hash(final int maxBooks) {
        final long[] hash = {HASH_SEED};
        final ImageSink sink =
                (buffer, offset, length) -> {
                    for (int i = 0; i < length; i += Integer.BYTES) {
                        final long mixed = (hash[0] ^ buffer.getInt(i, ORDER)) * HASH_PRIME;
                        hash[0] = mixed ^ mixed >>> 32;
                    }
                };
        for (int book = 0; book < maxBooks; book++) {
            if (books.isOpen(book)) {
                save(book, sink);
            }
        }
        return hash[0];
    }
}
