package io.spindle.oms;

import io.spindle.matcher.LevelVisitor;
import io.spindle.matcher.Matcher;
import io.spindle.matcher.OrderTerms;

/**
 * Decides where an order goes: to the book here, to other venues, or in parts to several. What it
 * saw and chose stays as scratch until the next decision, for {@link RoutedOrders} to carry out.
 *
 * <p>Candidate 0 is the book here, candidate v + 1 the venue v. A quote counts when its venue is
 * open, it is young enough, and its price is within the order's limit.
 */
final class Router implements LevelVisitor {
    static final int CANDIDATES = VenueTable.MAX + 1;
    private static final int HOME = 0;
    private static final int NOBODY = -1;

    private final EngineState state;
    private final InstrumentTable instruments;
    private final VenueTable venues;
    private final VenueQuotes quotes;
    private final RouteTable routes;
    private final LegTable legs;
    private final CashTable cash;
    private final HoldingTable holdings;
    private final Matcher matcher;
    private final long[] prices = new long[CANDIDATES];
    private final long[] lots = new long[CANDIDATES];
    private final long[] shares = new long[CANDIDATES];
    private final long[] ages = new long[CANDIDATES];
    private final boolean[] eligible = new boolean[CANDIDATES];
    private int candidates;

    /** Scratch of the visit to the book's best level. */
    private long bestLots;

    Router(final Tables tables, final Matcher matcher) {
        this.state = tables.state;
        this.instruments = tables.instruments;
        this.venues = tables.venues;
        this.quotes = tables.quotes;
        this.routes = tables.routes;
        this.legs = tables.legs;
        this.cash = tables.cash;
        this.holdings = tables.holdings;
        this.matcher = matcher;
    }

    /**
     * Decides, and writes into the request how many of its lots leave the house.
     *
     * @return a {@link RejectCode} number
     */
    int decide(final OrderRequest request) {
        request.awayLots = 0;
        candidates = 0;
        final int line = routes.find(request.account, request.instrument);
        if (request.route == 0 && line == RouteTable.NONE) {
            return RejectCode.NONE.code;
        }
        final boolean named = request.route != 0;
        final boolean mayLeave = mayLeave(request);
        if (named || routes.strategy(line) == RouteTable.CONFIGURED) {
            final int venue = named ? venues.find(request.route) : routes.venue(line);
            final boolean stays = named ? request.route == VenueTable.HOME_CODE : venue < 0;
            return stays || !named && !mayLeave
                    ? RejectCode.NONE.code
                    : sendWhole(request, venue, mayLeave);
        }
        if (mayLeave) {
            look(request, routes.maxAgeNs(line));
            choose(request, routes.strategy(line));
        }
        return RejectCode.NONE.code;
    }

    /** Only what every venue understands: a limit or market order without conditions. */
    private boolean mayLeave(final OrderRequest request) {
        return request.isPlain() && legs.hasRoomFor(VenueTable.MAX);
    }

    private int sendWhole(final OrderRequest request, final int venue, final boolean mayLeave) {
        if (venue == VenueTable.NONE
                || !mayLeave
                || venues.state(venue) != VenueTable.OPEN
                || !hasClearing(venue, request)) {
            return RejectCode.ROUTING.code;
        }
        look(request, Long.MAX_VALUE);
        give(request, venue + 1, request.lots);
        return RejectCode.NONE.code;
    }

    /** Fills of the order can be settled against the venue's account. */
    private boolean hasClearing(final int venue, final OrderRequest request) {
        final int account = venues.account(venue);
        return cash.take(account, instruments.currency(request.instrument)) != CashTable.NONE
                && holdings.take(account, instruments.listedAs(request.instrument))
                        != HoldingTable.NONE;
    }

    private void look(final OrderRequest request, final long maxAgeNs) {
        final int book = request.instrument;
        candidates = venues.count() + 1;
        bestLots = 0;
        final int side = request.buys ? OrderTerms.SELL : OrderTerms.BUY;
        prices[HOME] = matcher.bestPriceTicks(book, side) * instruments.tickSize(book);
        matcher.visitLevels(book, side, this);
        lots[HOME] = bestLots;
        shares[HOME] = 0;
        eligible[HOME] = bestLots > 0 && isWithin(request, prices[HOME]);
        final long now = state.get(EngineState.TIME_NS);
        for (int venue = 0; venue < candidates - 1; venue++) {
            final int candidate = venue + 1;
            prices[candidate] = quotes.price(venue, book, request.buys);
            final long quoted = quotes.lots(venue, book, request.buys);
            lots[candidate] = quoted - quoted % instruments.lotSize(book);
            shares[candidate] = 0;
            final long atNs = quotes.atNs(venue, book);
            ages[candidate] = atNs == 0 ? -1 : now - atNs;
            eligible[candidate] =
                    venues.state(venue) == VenueTable.OPEN
                            && lots[candidate] > 0
                            && isWithin(request, prices[candidate])
                            && ages[candidate] <= maxAgeNs
                            && hasClearing(venue, request);
        }
    }

    @Override
    public boolean onLevel(final long priceTicks, final long levelLots, final int orders) {
        bestLots = levelLots;
        return false;
    }

    private static boolean isWithin(final OrderRequest request, final long price) {
        return price > 0
                && (request.buys ? price <= request.limitPrice : price >= request.limitPrice);
    }

    private void choose(final OrderRequest request, final int strategy) {
        final boolean whole = request.timeInForce == OrderRules.FILL_OR_KILL;
        if (strategy == RouteTable.SPLIT && !whole) {
            split(request);
            return;
        }
        final int best = best(request, strategy == RouteTable.LIQUIDITY, whole);
        give(request, Math.max(HOME, best), request.lots);
    }

    private void split(final OrderRequest request) {
        long left = request.lots;
        while (left > 0) {
            final int best = best(request, false, false);
            if (best == NOBODY) {
                break;
            }
            final long share = Math.min(left, lots[best]);
            give(request, best, share);
            eligible[best] = false;
            left -= share;
        }
        give(request, HOME, left);
    }

    /** The first of the best: the book here, then the venue defined first. */
    private int best(final OrderRequest request, final boolean byLots, final boolean whole) {
        int best = NOBODY;
        for (int candidate = 0; candidate < candidates; candidate++) {
            if (eligible[candidate]
                    && (!whole || lots[candidate] >= request.lots)
                    && (best == NOBODY || isBetter(candidate, best, request.buys, byLots))) {
                best = candidate;
            }
        }
        return best;
    }

    private boolean isBetter(
            final int candidate, final int best, final boolean buys, final boolean byLots) {
        if (byLots && lots[candidate] != lots[best]) {
            return lots[candidate] > lots[best];
        }
        return buys ? prices[candidate] < prices[best] : prices[candidate] > prices[best];
    }

    private void give(final OrderRequest request, final int candidate, final long share) {
        shares[candidate] += share;
        if (candidate != HOME) {
            request.awayLots += share;
        }
    }

    /** Nothing is decided about the order in hand. */
    void forget() {
        candidates = 0;
    }

    // What was decided last.

    /** How many places were looked at; 0 when nothing had to be decided. */
    int candidates() {
        return candidates;
    }

    /** The venue of a candidate, {@link VenueTable#NONE} for the book here. */
    static int venue(final int candidate) {
        return candidate - 1;
    }

    long price(final int candidate) {
        return prices[candidate];
    }

    long lots(final int candidate) {
        return lots[candidate];
    }

    /** Age of the quote; 0 for the book here, −1 where there never was one. */
    long ageNs(final int candidate) {
        return ages[candidate];
    }

    long share(final int candidate) {
        return shares[candidate];
    }
}
