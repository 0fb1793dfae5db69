package io.spindle.oms;

import java.util.Random;

/** Another venue with moods: it quotes, takes, fills, refuses, loses and comes back. */
final class RandomVenue {
    private static final String NAME = "XAAA";
    private static final long TIMEOUT_NS = 100_000;

    private final Market market;
    private final Random random;
    private final VenueHand hand;
    private final OrderLegs orderLegs;

    RandomVenue(final Market market, final Random random) {
        this.market = market;
        this.random = random;
        hand = new VenueHand(market, NAME);
        orderLegs = new OrderLegs(market.engine.orders());
        hand.define(NAME, TIMEOUT_NS, 50_000, 5, true);
        hand.routing("", "", 'S', "HOME");
        hand.routing("M1", "", 'P', "HOME");
        hand.routing("M2", "", 'L', "HOME");
    }

    /** Whether some of an order is, or was, here. */
    boolean has(final int session, final int number) {
        return orderLegs.isRouted(market.engine.orders().find(session, 0, number));
    }

    void act() {
        final int leg = anyLeg();
        switch (random.nextInt(24)) {
            case 0 -> {
                hand.link(NAME, 1, false, 0, 0);
                hand.link(NAME, 1, true, 40_000, 4);
            }
            case 1 -> hand.sync(NAME);
            case 2 -> compareAll();
            case 3, 4, 5, 6, 7, 8, 9 -> quote();
            default -> {
                if (leg != LegTable.NONE) {
                    report(leg);
                }
            }
        }
    }

    private void quote() {
        final long bid = (94 + random.nextInt(8)) * 1_000L;
        hand.quote(NAME, bid, random.nextInt(40), bid + 1_000, random.nextInt(40));
    }

    private int anyLeg() {
        final LegTable legs = market.engine.legs();
        for (int i = 0; i < 8 && legs.highWater() > 0; i++) {
            final int leg = random.nextInt(legs.highWater());
            if (legs.isLive(leg) && legs.number(leg) != 0) {
                return leg;
            }
        }
        return LegTable.NONE;
    }

    private void report(final int leg) {
        final LegTable legs = market.engine.legs();
        final int number = legs.number(leg);
        final long lots = 1 + random.nextInt((int) legs.open(leg));
        if (legs.isSubmitted(leg) && random.nextInt(4) != 0) {
            hand.report(NAME, "AAAAJP".charAt(random.nextInt(6)), number, 1, 0);
        } else if (random.nextInt(3) == 0) {
            hand.report(NAME, 'C', number, lots, 0);
        } else {
            hand.report(NAME, 'E', number, lots, price(leg));
        }
    }

    /** At the limit or better. */
    private long price(final int leg) {
        final LegTable legs = market.engine.legs();
        final boolean buys = market.engine.orders().side(legs.order(leg)) == 'B';
        final long better = random.nextInt(3) * 1_000L;
        return buys ? Math.max(1_000, legs.price(leg) - better) : legs.price(leg) + better;
    }

    /** Tells every order truly, except when some fills and cancels were not heard of. */
    private void compareAll() {
        final LegTable legs = market.engine.legs();
        hand.sync(NAME);
        for (int leg = 0; leg < legs.highWater(); leg++) {
            if (legs.isLive(leg) && legs.number(leg) != 0 && random.nextInt(10) != 0) {
                final long unheard = random.nextInt(8) == 0 ? 1 : 0;
                final long open = legs.open(leg) - unheard;
                hand.has(
                        NAME,
                        legs.number(leg),
                        legs.executed(leg) + unheard,
                        legs.executedValue(leg) + unheard * price(leg),
                        random.nextInt(10) == 0 ? 0 : open);
            }
        }
        hand.synced(NAME, market.engine.venues().nextNumber(0) - 1);
    }
}
