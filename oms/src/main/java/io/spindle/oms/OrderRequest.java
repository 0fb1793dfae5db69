package io.spindle.oms;

import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.OrderOptionsDecoder;
import io.spindle.oms.command.ReplaceOrderDecoder;

import org.agrona.DirectBuffer;

/**
 * What somebody asks for, before it is an order: read from a command, completed by the checks, then
 * written into a record or forgotten. Scratch, used again for every command.
 */
final class OrderRequest {
    int session;
    int userRefIdx;
    int userRefNum;
    int side;
    int instrument;
    int account;

    /** Total, whatever is executed included. */
    long quantity;

    /** Lots that shall be open. */
    long lots;

    long price;
    long clOrdIdHigh;
    long clOrdIdLow;
    int timeInForce;
    int display;
    int capacity;
    int sweep;
    int crossType;

    boolean hasOptions;
    long minQuantity;
    long maxFloor;
    long randomReserves;
    long expireAtNs;
    long stopPrice;
    long trail;
    long deadlineNs;
    int pegOffset;
    int linkId;
    int strategyId;
    int groupId;
    int postOnly;
    int priceType;
    int trigger;
    int trailType;
    int linkRole;
    int selfTrade;

    /** The venue that it names, packed; 0 for none. */
    int route;

    /** Set by the checks. */
    boolean buys;

    /** Of its lots, those that go to other venues. */
    long awayLots;

    boolean market;

    /** The worst price that the matcher may give it. */
    long limitPrice;

    long priceTicks;
    long reservePrice;

    /** Order that it is linked with, or {@link OrderTable#NONE}. */
    int link;

    /** A child that sells, asleep until its parent has bought. */
    boolean sleepingSell;

    /** Its lots are held by the order that it is linked with. */
    boolean shared;

    long notional;
    long reserve;
    int marginBps;
    int makerPpm;
    int takerPpm;
    int cash;
    int holding;

    private final Tables tables;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OrderOptionsDecoder options = new OrderOptionsDecoder();

    OrderRequest(final Tables tables) {
        this.tables = tables;
    }

    void read(final EnterOrderDecoder command) {
        session = command.session();
        userRefIdx = command.userRefIdx();
        userRefNum = (int) command.userRefNum();
        side = command.side();
        instrument = tables.instruments.find(command.symbol());
        account = tables.sessions.account(session);
        quantity = command.quantity();
        lots = quantity;
        price = command.price();
        clOrdIdHigh = command.clOrdIdHigh();
        clOrdIdLow = command.clOrdIdLow();
        timeInForce = command.timeInForce();
        display = command.display();
        capacity = command.capacity();
        sweep = command.interMarketSweep();
        crossType = command.crossType();
        clearOptions();
        awayLots = 0;
        link = OrderTable.NONE;
        sleepingSell = false;
        shared = false;
        if (command.optionsLength() > 0) {
            final int at = command.limit() + EnterOrderDecoder.optionsHeaderLength();
            readOptions(command.buffer(), at, command.receivedNs());
        }
        keepExpiryOfItsKind();
    }

    /** What is not in the command stays as the order has it. */
    void read(final ReplaceOrderDecoder command, final int order) {
        load(tables.orders.records(), order);
        userRefNum = (int) command.userRefNum();
        quantity = command.quantity();
        lots = quantity - tables.orders.executed(order);
        price = command.price();
        clOrdIdHigh = command.clOrdIdHigh();
        clOrdIdLow = command.clOrdIdLow();
        timeInForce = command.timeInForce();
        display = command.display();
        sweep = command.interMarketSweep();
        if (command.optionsLength() > 0) {
            final int at = command.limit() + ReplaceOrderDecoder.optionsHeaderLength();
            readOptions(command.buffer(), at, command.receivedNs());
        }
        keepExpiryOfItsKind();
    }

    /** A time to end by belongs to an order that is good till then, and to no other. */
    private void keepExpiryOfItsKind() {
        if (timeInForce != OrderRules.GOOD_TILL_TIME) {
            expireAtNs = 0;
        }
    }

    /** A limit or market order without conditions, as every venue understands it. */
    boolean isPlain() {
        return stopPrice == 0
                && trail == 0
                && minQuantity == 0
                && maxFloor == 0
                && linkRole == 0
                && postOnly != 'P'
                && (priceType == 0 || priceType == 'L')
                && crossType == 'N'
                && display != 'N';
    }

    /** Takes the terms of an order that exists, or of a record like one. */
    void load(final Slab records, final int order) {
        session = records.getShort(order, OrderTable.SESSION);
        userRefIdx = records.getByte(order, OrderTable.USER_REF_IDX);
        userRefNum = records.getInt(order, OrderTable.USER_REF_NUM);
        side = records.getByte(order, OrderTable.SIDE);
        instrument = records.getInt(order, OrderTable.INSTRUMENT);
        account = records.getInt(order, OrderTable.ACCOUNT);
        quantity = records.getLong(order, OrderTable.QUANTITY);
        lots = records.getLong(order, OrderTable.LEAVES);
        price = records.getLong(order, OrderTable.PRICE);
        clOrdIdHigh = records.getLong(order, OrderTable.CL_ORD_ID_HIGH);
        clOrdIdLow = records.getLong(order, OrderTable.CL_ORD_ID_LOW);
        timeInForce = records.getByte(order, OrderTable.TIME_IN_FORCE);
        display = records.getByte(order, OrderTable.DISPLAY);
        capacity = records.getByte(order, OrderTable.CAPACITY);
        sweep = records.getByte(order, OrderTable.SWEEP);
        crossType = records.getByte(order, OrderTable.CROSS_TYPE);
        hasOptions = true;
        awayLots = 0;
        link = OrderTable.NONE;
        sleepingSell = records.getByte(order, OrderTable.DORMANT) != 0;
        shared = records.getByte(order, OrderTable.SHARED) != 0;
        deadlineNs = 0;
        final boolean fired = OrderOptions.hasFired(records, order);
        minQuantity = records.getLong(order, OrderTable.MIN_QUANTITY);
        maxFloor = records.getLong(order, OrderTable.MAX_FLOOR);
        randomReserves = records.getLong(order, OrderTable.RANDOM_RESERVES);
        expireAtNs = records.getLong(order, OrderTable.EXPIRE_AT);
        stopPrice = fired ? 0 : records.getLong(order, OrderTable.STOP_PRICE);
        trail = fired ? 0 : records.getLong(order, OrderTable.TRAIL);
        pegOffset = records.getInt(order, OrderTable.PEG_OFFSET);
        linkId = records.getInt(order, OrderTable.LINK);
        strategyId = records.getInt(order, OrderTable.STRATEGY);
        groupId = records.getInt(order, OrderTable.GROUP);
        postOnly = records.getByte(order, OrderTable.POST_ONLY);
        priceType = records.getByte(order, OrderTable.PRICE_TYPE);
        trigger = fired ? 0 : records.getByte(order, OrderTable.TRIGGER);
        trailType = fired ? 0 : records.getByte(order, OrderTable.TRAIL_TYPE);
        linkRole = records.getByte(order, OrderTable.LINK_ROLE);
        selfTrade = records.getByte(order, OrderTable.SELF_TRADE);
        route = records.getInt(order, OrderTable.ROUTE);
    }

    /** Writes whose it is and the terms into a new record. */
    void storeNew(final Slab records, final int order) {
        records.putShort(order, OrderTable.SESSION, session);
        records.putByte(order, OrderTable.USER_REF_IDX, userRefIdx);
        records.putInt(order, OrderTable.USER_REF_NUM, userRefNum);
        records.putByte(order, OrderTable.SIDE, side);
        records.putInt(order, OrderTable.INSTRUMENT, instrument);
        records.putInt(order, OrderTable.ACCOUNT, account);
        records.putByte(order, OrderTable.CAPACITY, capacity);
        records.putByte(order, OrderTable.CROSS_TYPE, crossType);
        records.putLong(order, OrderTable.ENTERED_NS, tables.state.get(EngineState.TIME_NS));
        store(records, order);
    }

    /** Writes the terms into a record, new or replaced. */
    void store(final Slab records, final int order) {
        records.putLong(order, OrderTable.QUANTITY, quantity);
        records.putLong(order, OrderTable.LEAVES, lots);
        records.putLong(order, OrderTable.PRICE, price);
        records.putLong(order, OrderTable.CL_ORD_ID_HIGH, clOrdIdHigh);
        records.putLong(order, OrderTable.CL_ORD_ID_LOW, clOrdIdLow);
        records.putByte(order, OrderTable.TIME_IN_FORCE, timeInForce);
        records.putByte(order, OrderTable.DISPLAY, display);
        records.putByte(order, OrderTable.SWEEP, sweep);
        records.putInt(order, OrderTable.CASH, cash);
        records.putInt(order, OrderTable.HOLDING, holding);
        records.putLong(order, OrderTable.RESERVE_PRICE, reservePrice);
        records.putShort(order, OrderTable.MARGIN_BPS, marginBps);
        records.putInt(order, OrderTable.MAKER_PPM, makerPpm);
        records.putInt(order, OrderTable.TAKER_PPM, takerPpm);
        if (hasOptions) {
            records.putByte(order, OrderTable.HAS_OPTIONS, 1);
            storeOptions(order, records);
        }
    }

    private void storeOptions(final int order, final Slab records) {
        records.putLong(order, OrderTable.MIN_QUANTITY, minQuantity);
        records.putLong(order, OrderTable.MAX_FLOOR, maxFloor);
        records.putLong(order, OrderTable.RANDOM_RESERVES, randomReserves);
        records.putLong(order, OrderTable.EXPIRE_AT, expireAtNs);
        records.putLong(order, OrderTable.STOP_PRICE, stopPrice);
        records.putLong(order, OrderTable.TRAIL, trail);
        records.putInt(order, OrderTable.PEG_OFFSET, pegOffset);
        records.putInt(order, OrderTable.LINK, linkId);
        records.putInt(order, OrderTable.STRATEGY, strategyId);
        records.putInt(order, OrderTable.GROUP, groupId);
        records.putByte(order, OrderTable.POST_ONLY, postOnly);
        records.putByte(order, OrderTable.PRICE_TYPE, priceType);
        records.putByte(order, OrderTable.TRIGGER, trigger);
        records.putByte(order, OrderTable.TRAIL_TYPE, trailType);
        records.putByte(order, OrderTable.LINK_ROLE, linkRole);
        records.putByte(order, OrderTable.SELF_TRADE, selfTrade);
        records.putInt(order, OrderTable.ROUTE, route);
        records.putByte(order, OrderTable.DORMANT, sleepingSell ? 1 : 0);
        records.putByte(order, OrderTable.SHARED, shared ? 1 : 0);
    }

    void clearOptions() {
        hasOptions = false;
        minQuantity = 0;
        maxFloor = 0;
        randomReserves = 0;
        expireAtNs = 0;
        stopPrice = 0;
        trail = 0;
        deadlineNs = 0;
        pegOffset = 0;
        linkId = 0;
        strategyId = 0;
        groupId = 0;
        postOnly = 0;
        priceType = 0;
        trigger = 0;
        trailType = 0;
        linkRole = 0;
        selfTrade = 0;
        route = 0;
    }

    private void readOptions(final DirectBuffer buffer, final int at, final long receivedNs) {
        options.wrapAndApplyHeader(buffer, at, header);
        hasOptions = true;
        minQuantity = present(options.minQuantity(), minQuantity);
        maxFloor = present(options.maxFloor(), maxFloor);
        randomReserves = present(options.randomReserves(), randomReserves);
        stopPrice = present(options.stopPrice(), stopPrice);
        trail = present(options.trail(), trail);
        deadlineNs = present(options.deadline(), deadlineNs);
        readExpiry();
        readAccount();
        if (options.pegOffset() != OrderOptionsDecoder.pegOffsetNullValue()) {
            pegOffset = options.pegOffset();
        }
        linkId = present(options.linkId(), linkId);
        strategyId = present(options.strategyId(), strategyId);
        if (options.groupId() != OrderOptionsDecoder.groupIdNullValue()) {
            groupId = options.groupId();
        }
        postOnly = present(options.postOnly(), postOnly);
        priceType = present(options.priceType(), priceType);
        trigger = present(options.trigger(), trigger);
        trailType = present(options.trailType(), trailType);
        linkRole = present(options.linkRole(), linkRole);
        selfTrade = present(options.selfTradePrevention(), selfTrade);
        route = present(options.route(), route);
        final int wanted = options.wantTimes();
        if (wanted != 0 && wanted != OrderOptionsDecoder.wantTimesNullValue()) {
            tables.times.want(this, receivedNs);
        }
    }

    private void readExpiry() {
        expireAtNs = present(options.expireAt(), expireAtNs);
        if (options.expireSeconds() != OrderOptionsDecoder.expireSecondsNullValue()) {
            final long now = tables.state.get(EngineState.TIME_NS);
            expireAtNs = now + options.expireSeconds() * 1_000_000_000L;
        }
    }

    private void readAccount() {
        final long high = options.accountHigh();
        if (high != OrderOptionsDecoder.accountHighNullValue()) {
            final int firm = tables.sessions.firm(session);
            account = tables.accounts.findFor(firm, high, options.accountLow());
        }
    }

    private static long present(final long option, final long otherwise) {
        return option == OrderOptionsDecoder.minQuantityNullValue() ? otherwise : option;
    }

    private static int present(final long option, final int otherwise) {
        return option == OrderOptionsDecoder.linkIdNullValue() ? otherwise : (int) option;
    }

    /** A null character is 0. */
    private static int present(final byte option, final int otherwise) {
        return option == 0 ? otherwise : option;
    }
}
