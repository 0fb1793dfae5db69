package io.spindle.oms;

import io.spindle.oms.command.OrderOptionsEncoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Orders of every kind, made up. */
final class RandomOrders {
    /** Kinds of orders. */
    static final List<String> KINDS =
            List.of(
                    "iceberg",
                    "stop",
                    "trailing",
                    "peg",
                    "post only",
                    "minimum",
                    "self trade",
                    "hidden",
                    "all or none",
                    "plain",
                    "child",
                    "parent",
                    "pair");

    private final Market market;
    private final LedgerWatch watch;
    private final Random random;

    RandomOrders(final Market market, final LedgerWatch watch, final Random random) {
        this.market = market;
        this.watch = watch;
        this.random = random;
    }

    /** What an order shall be, beyond what every one is. */
    static final class Ask {
        final String kind;
        boolean buys;
        int book;
        long price;
        long quantity;
        char timeInForce = '0';
        char display = 'Y';
        char role;
        int linkId;
        boolean pegged;
        long minQuantity;
        Consumer<OrderOptionsEncoder> options;

        Ask(final String kind) {
            this.kind = kind;
        }

        void with(final Consumer<OrderOptionsEncoder> more) {
            options = options == null ? more : options.andThen(more);
        }
    }

    private Ask ask(final String kind) {
        final Ask ask = new Ask(kind);
        ask.book = 1 + random.nextInt(NaiveLedger.BOOKS);
        ask.buys = random.nextBoolean();
        ask.price = price();
        ask.quantity = random.nextInt(60);
        return ask;
    }

    /** What a session asks for next: one order, or several that belong together. */
    List<Ask> next(final int session, final int next) {
        final int kind = random.nextInt(40);
        return switch (kind) {
            case 0, 1 -> bracket(next);
            case 2 -> List.of(pair(session, next));
            case 3, 4, 5, 6, 7, 8, 9, 10, 11 -> List.of(special(kind));
            default -> List.of(plain(kind));
        };
    }

    long price() {
        return (95 + random.nextInt(11)) * 1_000L;
    }

    int earlier(final int next) {
        return Math.max(1, next - 1 - random.nextInt(30));
    }

    private Ask plain(final int kind) {
        final Ask ask = ask("plain");
        if (random.nextInt(20) == 0) {
            ask.price = Long.MAX_VALUE;
            ask.timeInForce = '3';
        } else if (kind < 15) {
            ask.timeInForce = '3';
        } else if (kind < 18) {
            ask.timeInForce = '6';
            ask.with(o -> o.expireAt(market.nowNs + 50_000 + random.nextInt(500_000)));
        }
        return ask;
    }

    private Ask special(final int kind) {
        final Ask ask = ask(KINDS.get(kind - 3));
        final long offset = (random.nextInt(7) - 3) * 1_000L;
        switch (kind) {
            case 3 ->
                    ask.with(
                            o ->
                                    o.maxFloor(3 + random.nextInt(9))
                                            .randomReserves(random.nextInt(3)));
            case 4 -> {
                ask.price = random.nextInt(4) == 0 ? Long.MAX_VALUE : ask.price;
                ask.with(
                        o ->
                                o.stopPrice(price() + offset)
                                        .trigger((byte) "LBAM".charAt(random.nextInt(4))));
            }
            case 5 -> ask.with(o -> o.trail((1 + random.nextInt(4)) * 1_000L).trigger((byte) 'L'));
            case 6 -> {
                ask.pegged = true;
                ask.with(
                        o ->
                                o.priceType((byte) "RPM".charAt(random.nextInt(3)))
                                        .pegOffset((int) offset));
            }
            case 7 -> ask.with(o -> o.postOnly((byte) 'P'));
            case 8 -> {
                ask.minQuantity = Math.min(ask.quantity, 1 + random.nextInt(20));
                ask.with(o -> o.minQuantity(ask.minQuantity));
            }
            case 9 -> ask.with(o -> o.selfTradePrevention((byte) "NOBD".charAt(random.nextInt(4))));
            case 10 -> ask.display = 'N';
            default -> ask.timeInForce = '4';
        }
        return ask;
    }

    /** A take-profit, a stop-loss that names it, then the parent; or parts of that. */
    private List<Ask> bracket(final int first) {
        final List<Ask> all = new ArrayList<>();
        final Ask parent = ask("parent");
        for (final char role : random.nextInt(3) == 0 ? "TP".toCharArray() : "TSP".toCharArray()) {
            final Ask ask = ask(role == 'P' ? "parent" : "child");
            ask.book = parent.book;
            ask.buys = (role == 'P') == parent.buys;
            ask.quantity = random.nextInt(20) == 0 ? ask.quantity : parent.quantity;
            ask.role = role;
            final boolean namesTheOther = all.size() == 2 && random.nextInt(20) == 0;
            ask.linkId = role == 'T' ? 0 : namesTheOther ? first + 1 : first;
            final long stop = price();
            if (role == 'S') {
                ask.with(o -> o.stopPrice(stop));
            }
            all.add(ask);
        }
        return all;
    }

    /** One more that ends with an order of the member's, if the two can be tied. */
    private Ask pair(final int session, final int next) {
        final int number = earlier(next);
        final NaiveLedger.Order named = watch.find(session, number);
        final Ask ask = ask("pair");
        ask.role = 'O';
        ask.linkId = number;
        if (named != null && random.nextInt(10) != 0) {
            ask.book = named.book;
            ask.buys = named.buys;
            ask.quantity = named.leaves;
        }
        return ask;
    }
}
