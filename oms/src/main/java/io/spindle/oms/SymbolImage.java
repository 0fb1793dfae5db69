package io.spindle.oms;

import io.spindle.matcher.Cold;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One symbol of an engine as lines of text: what it is, its orders in the order in which they came,
 * who holds how many lots. Two engines with equal lines have the same symbol; {@link #hash} is over
 * them. Prices are wire prices, quantities lots. Money is not in it: that is the account's and not
 * the symbol's.
 *
 * <pre>
 *   instrument,SYMBOL,currency,tick,lot,min,max,maxPrice,priceDecimals,lotExponent
 *   risk,bandBps,marginBps,settlementDays,flags,referencePrice
 *   order,SIDE,price,leaves,place,session,userRefIdx,userRefNum,account,timeInForce,display,capacity,
 *         sweep,crossType,clOrdIdHigh,clOrdIdLow,group,strategy,postOnly,selfTrade
 *   holding,account,lots
 * </pre>
 *
 * <p>Orders are in the order of their references; {@code place} is that in the queue of their
 * price. An engine that enters them so has the same queues.
 */
@Cold
public final class SymbolImage {
    private final TradingEngine engine;
    private final OrderTable orders;
    private final int instrument;
    private final int[] place;

    private SymbolImage(final TradingEngine engine, final String symbol) {
        this.engine = engine;
        this.orders = engine.orders();
        this.instrument = engine.instruments().find(Ascii.pack(symbol));
        if (instrument == InstrumentTable.NONE) {
            throw new IllegalArgumentException("no symbol " + symbol);
        }
        place = new int[orders.highWater()];
        number('B');
        number('S');
    }

    /**
     * @throws IllegalArgumentException if there is no such symbol
     */
    public static SymbolImage of(final TradingEngine engine, final String symbol) {
        return new SymbolImage(engine, symbol);
    }

    /** SHA-256 over lines, in hex. */
    public static String hash(final List<String> lines) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(
                                            String.join("\n", lines)
                                                    .getBytes(StandardCharsets.UTF_8)));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void number(final char side) {
        final long[] at = {0, 0}; // price, place
        engine.book(instrument)
                .visitOrders(
                        side,
                        (order, price, lots) -> {
                            at[1] = price == at[0] ? at[1] + 1 : 1;
                            at[0] = price;
                            place[order] = (int) at[1];
                            return true;
                        });
    }

    /** Why it cannot be taken elsewhere as it is; empty if it can. */
    public List<String> obstacles() {
        final List<String> found = new ArrayList<>();
        final int state = engine.instruments().tradingState(instrument);
        if (state != 'H') {
            found.add("it is not halted");
        }
        final int linked = engine.instruments().linked(instrument);
        if (linked != InstrumentTable.NONE) {
            found.add("it is linked with " + Ascii.unpack(engine.instruments().symbol(linked)));
        }
        if (engine.pendingContinue() != 0) {
            found.add("the engine is at work in slices");
        }
        open().filter(order -> !isPlain(order))
                .forEach(
                        order ->
                                found.add(
                                        session(order)
                                                + " order "
                                                + number(order)
                                                + " is more than a limit order at rest: cancel it"
                                                + " first"));
        ourHoldings()
                .filter(
                        slot ->
                                engine.holdings().unsettledIn(slot) != 0
                                        || engine.holdings().unsettledOut(slot) != 0)
                .mapToObj(
                        slot -> account(engine.holdings().account(slot)) + " has trades to settle")
                .forEach(found::add);
        return found;
    }

    /** Nothing that {@link #lines} does not say, and nothing but a place in the queue. */
    private boolean isPlain(final int order) {
        final Slab records = orders.records();
        return place[order] > 0
                && OrderState.of(orders.state(order)).isOpen()
                && engine.orderDeadlineNs(order) == Long.MAX_VALUE
                && records.getLong(order, OrderTable.STOP_PRICE) == 0
                && records.getLong(order, OrderTable.TRAIL) == 0
                && records.getLong(order, OrderTable.MAX_FLOOR) == 0
                && records.getLong(order, OrderTable.RANDOM_RESERVES) == 0
                && records.getLong(order, OrderTable.MIN_QUANTITY) == 0
                && records.getLong(order, OrderTable.AWAY) == 0
                && records.getByte(order, OrderTable.PRICE_TYPE) == 0
                && records.getByte(order, OrderTable.ALGORITHM) == 0
                && records.getByte(order, OrderTable.DORMANT) == 0
                && records.getByte(order, OrderTable.SHARED) == 0
                && records.getInt(order, OrderTable.LINK) == 0
                && records.getInt(order, OrderTable.CHILD) == 0
                && records.getInt(order, OrderTable.ROUTE) == 0;
    }

    /** As the class says. */
    public List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add(instrumentLine());
        lines.add(riskLine());
        open().mapToObj(this::orderLine).forEach(lines::add);
        ourHoldings()
                .filter(slot -> engine.holdings().lots(slot) != 0)
                .mapToObj(this::holdingLine)
                .sorted()
                .forEach(lines::add);
        return List.copyOf(lines);
    }

    private IntStream open() {
        return IntStream.range(0, orders.highWater())
                .filter(order -> orders.isLive(order) && orders.instrument(order) == instrument)
                .boxed()
                .sorted(
                        (one, other) ->
                                Long.compare(
                                        orders.orderReference(one), orders.orderReference(other)))
                .mapToInt(Integer::intValue);
    }

    /** Holdings of the symbol that are not the house's. */
    private IntStream ourHoldings() {
        final HoldingTable holdings = engine.holdings();
        return IntStream.range(0, holdings.slots())
                .filter(
                        slot ->
                                holdings.isUsed(slot)
                                        && holdings.instrument(slot) == instrument
                                        && holdings.account(slot) >= AccountTable.HOUSE_ACCOUNTS);
    }

    private String holdingLine(final int slot) {
        return "holding,%s,%d"
                .formatted(account(engine.holdings().account(slot)), engine.holdings().lots(slot));
    }

    private String instrumentLine() {
        final InstrumentTable table = engine.instruments();
        return "instrument,%s,%s,%d,%d,%d,%d,%d,%d,%d"
                .formatted(
                        Ascii.unpack(table.symbol(instrument)),
                        Ascii.unpack(table.currency(instrument)),
                        table.tickSize(instrument),
                        table.lotSize(instrument),
                        table.minQuantity(instrument),
                        table.maxQuantity(instrument),
                        table.maxPrice(instrument),
                        table.priceDecimals(instrument),
                        table.lotExponent(instrument));
    }

    private String riskLine() {
        final InstrumentTable table = engine.instruments();
        return "risk,%d,%d,%d,%d,%d"
                .formatted(
                        table.bandBps(instrument),
                        table.marginBps(instrument),
                        table.settlementDays(instrument),
                        table.riskFlags(instrument) & ~InstrumentTable.FLAG_MOVING,
                        table.referencePrice(instrument));
    }

    private String orderLine(final int order) {
        return "order,%c,%d,%d,%d,%s,%d,%s,%s,%c,%c,%c,%c,%c,%016x,%016x,%d,%d,%d,%d"
                .formatted(
                        orders.side(order),
                        orders.price(order),
                        orders.leaves(order),
                        place[order],
                        session(order),
                        orders.userRefIdx(order),
                        number(order),
                        account(orders.account(order)),
                        orders.timeInForce(order),
                        orders.display(order),
                        orders.capacity(order),
                        orders.interMarketSweep(order),
                        orders.crossType(order),
                        orders.clOrdIdHigh(order),
                        orders.clOrdIdLow(order),
                        orders.groupId(order),
                        orders.options().strategyId(order),
                        orders.records().getByte(order, OrderTable.POST_ONLY),
                        orders.records().getByte(order, OrderTable.SELF_TRADE));
    }

    private String number(final int order) {
        return Integer.toUnsignedString(orders.userRefNum(order));
    }

    private String session(final int order) {
        return Ascii.unpack(engine.sessions().username(orders.session(order)));
    }

    /** With its firm where there is room for it, for codes are each firm's own. */
    private String account(final int account) {
        final AccountTable table = engine.accounts();
        final String code = Ascii.unpack(table.codeHigh(account), table.codeLow(account));
        return AccountTable.isShort(table.codeLow(account))
                ? Ascii.unpack(table.firm(account)) + ":" + code
                : code;
    }
}
