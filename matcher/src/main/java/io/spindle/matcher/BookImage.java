package io.spindle.matcher;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;

/**
 * The complete state of a book as a run of little-endian records. Written for snapshots, hashed for
 * comparison, one walk for both.
 *
 * <pre>
 *   book    kind = 1 int, book int, the book's record
 *   order   kind = 2 int, order int, its cell without links to neighbours, its traits if extended
 *   place   kind = 3 int, order int, list int
 * </pre>
 *
 * Orders come ladder by ladder in priority order, then list by list; a held order's own record
 * comes before its place.
 */
@Cold
final class BookImage {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int NIL = OrderCells.NIL;
    private static final int BOOK_KIND = 1;
    private static final int ORDER_KIND = 2;
    private static final int PLACE_KIND = 3;
    private static final int HEADER = 2 * Integer.BYTES;
    private static final int BOOK_LENGTH = HEADER + Books.RECORD_BYTES;
    private static final int PLAIN_LENGTH = HEADER + 3 * Integer.BYTES + Long.BYTES;
    private static final int EXTENDED_LENGTH = PLAIN_LENGTH + OrderTraits.TRAITS_BYTES;
    private static final int PLACE_LENGTH = HEADER + Integer.BYTES;
    private static final long HASH_SEED = 0xCBF29CE484222325L;
    private static final long HASH_PRIME = 0x100000001B3L;

    private final UnsafeBuffer record = new UnsafeBuffer(new byte[BOOK_LENGTH]);
    private final Store store;
    private final Books books;
    private final OrderCells orders;
    private final OrderTraits traits;

    BookImage(final Store store) {
        this.store = store;
        this.books = store.books;
        this.orders = store.orders;
        this.traits = store.traits;
    }

    void save(final int book, final ImageSink sink) {
        begin(BOOK_KIND, book);
        for (int field = 0; field < Books.RECORD_BYTES; field += Integer.BYTES) {
            // List heads are rebuilt from places.
            record.putInt(
                    HEADER + field, Books.isImaged(field) ? books.get(book, field) : 0, ORDER);
        }
        sink.onRecord(record, 0, BOOK_LENGTH);
        for (int i = 0; i < Ladders.PER_BOOK; i++) {
            int order = store.queue.best(Ladders.of(book, i));
            while (order != NIL) {
                saveOrder(order, sink);
                order = store.queue.following(order);
            }
        }
        for (int list = 1; list <= OrderLists.COUNT; list++) {
            int order = store.lists.first(book, list);
            while (order != NIL) {
                if ((orders.attributes(order) & OrderCells.HELD) != 0) {
                    saveOrder(order, sink);
                }
                begin(PLACE_KIND, order);
                record.putInt(HEADER, list, ORDER);
                sink.onRecord(record, 0, PLACE_LENGTH);
                order = store.lists.next(order);
            }
        }
    }

    private void saveOrder(final int order, final ImageSink sink) {
        final int attributes = orders.attributes(order);
        begin(ORDER_KIND, order);
        record.putInt(HEADER, attributes, ORDER);
        record.putInt(HEADER + 4, orders.priceTicks(order), ORDER);
        record.putInt(HEADER + 8, orders.group(order), ORDER);
        record.putLong(HEADER + 12, orders.lots(order), ORDER);
        if ((attributes & OrderCells.EXTENDED) == 0) {
            sink.onRecord(record, 0, PLAIN_LENGTH);
            return;
        }
        for (int field = 0; field < OrderTraits.TRAITS_BYTES; field += Integer.BYTES) {
            record.putInt(PLAIN_LENGTH + field, traits.image(order, field), ORDER);
        }
        sink.onRecord(record, 0, EXTENDED_LENGTH);
    }

    private void begin(final int kind, final int name) {
        record.putInt(0, kind, ORDER);
        record.putInt(Integer.BYTES, name, ORDER);
    }

    void restore(final DirectBuffer buffer, final int offset, final int length) {
        final int kind = length < HEADER ? 0 : buffer.getInt(offset, ORDER);
        final int name = kind == 0 ? 0 : buffer.getInt(offset + Integer.BYTES, ORDER);
        if (kind == BOOK_KIND && length == BOOK_LENGTH) {
            restoreBook(name, buffer, offset + HEADER);
        } else if (kind == ORDER_KIND && length >= PLAIN_LENGTH) {
            restoreOrder(name, buffer, offset, length);
        } else if (kind == PLACE_KIND && length == PLACE_LENGTH) {
            restorePlace(name, buffer.getInt(offset + HEADER, ORDER));
        } else {
            throw new IllegalArgumentException("record kind=" + kind + " length=" + length);
        }
    }

    private void restoreBook(final int book, final DirectBuffer buffer, final int offset) {
        final int maxPriceTicks = buffer.getInt(offset, ORDER);
        if (book < 0
                || book >= store.config.maxBooks()
                || books.isOpen(book)
                || maxPriceTicks < 1) {
            throw new IllegalArgumentException("book=" + book + " maxPriceTicks=" + maxPriceTicks);
        }
        books.open(book, maxPriceTicks);
        store.ladders.open(book, maxPriceTicks);
        for (int field = 0; field < Books.RECORD_BYTES; field += Integer.BYTES) {
            if (Books.isImaged(field)) {
                books.put(book, field, buffer.getInt(offset + field, ORDER));
            }
        }
        books.refreshFlags(book);
    }

    private void restoreOrder(
            final int order, final DirectBuffer buffer, final int offset, final int length) {
        final int attributes = buffer.getInt(offset + HEADER, ORDER);
        final int book = OrderCells.book(attributes);
        final boolean extended = (attributes & OrderCells.EXTENDED) != 0;
        if (order < 0
                || order >= orders.capacity()
                || orders.isLive(order)
                || !books.isOpen(book)
                || length != (extended ? EXTENDED_LENGTH : PLAIN_LENGTH)) {
            throw new IllegalArgumentException("order=" + order + " book=" + book);
        }
        final int price = buffer.getInt(offset + HEADER + 4, ORDER);
        final long lots = buffer.getLong(offset + HEADER + 12, ORDER);
        orders.group(order, buffer.getInt(offset + HEADER + 8, ORDER));
        for (int field = 0; extended && field < OrderTraits.TRAITS_BYTES; field += 4) {
            traits.put(order, field, buffer.getInt(offset + PLAIN_LENGTH + field, ORDER));
        }
        if ((attributes & OrderCells.HELD) != 0) {
            orders.attributes(order, attributes);
            orders.priceTicks(order, price);
            orders.lots(order, lots);
            return;
        }
        if (!store.nodes.hasRoom()) {
            throw new IllegalArgumentException("order=" + order + " finds no price level");
        }
        store.queue.append(order, OrderCells.ladder(attributes), price, lots, attributes);
        store.queue.addReserve(order, extended ? traits.reserve(order) : 0L);
        if (OrderCells.ladderOfBook(attributes) >= Ladders.FIRST_STOPS) {
            books.watch(book, 1);
        }
    }

    private void restorePlace(final int order, final int list) {
        if (!orders.isLive(order) || list < 1 || list > OrderLists.COUNT) {
            throw new IllegalArgumentException("order=" + order + " list=" + list);
        }
        store.lists.append(OrderCells.book(orders.attributes(order)), list, order);
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
