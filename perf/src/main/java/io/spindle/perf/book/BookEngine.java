package io.spindle.perf.book;

/** The books that can be compared. */
enum BookEngine {
    SPINDLE {
        @Override
        BookUnderTest open(final OrderStream stream, final int maxOrders) {
            return new SpindleBook(stream, maxOrders);
        }
    },
    FLOOR {
        @Override
        BookUnderTest open(final OrderStream stream, final int maxOrders) {
            return new ArrayLadderBook(stream, maxOrders);
        }
    },
    EXCHANGE_CORE {
        @Override
        BookUnderTest open(final OrderStream stream, final int maxOrders) {
            return new ExchangeCoreBook();
        }
    },
    TREE_MAP {
        @Override
        BookUnderTest open(final OrderStream stream, final int maxOrders) {
            return new TreeMapBook();
        }
    };

    abstract BookUnderTest open(OrderStream stream, int maxOrders);
}
