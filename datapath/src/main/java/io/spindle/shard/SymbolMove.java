package io.spindle.shard;

import io.spindle.oms.Ascii;
import io.spindle.oms.OptionBlock;
import io.spindle.oms.OrderTable;
import io.spindle.oms.SymbolImage;
import io.spindle.oms.SymbolImage.Reserved;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.command.AdjustCashEncoder;
import io.spindle.oms.command.AdjustHoldingEncoder;
import io.spindle.oms.command.AdminCancelEncoder;
import io.spindle.oms.command.DefineInstrumentEncoder;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.OrderOptionsEncoder;
import io.spindle.oms.command.SetInstrumentRiskEncoder;
import io.spindle.oms.command.SetReferencePriceEncoder;
import io.spindle.oms.command.SetTradingStateEncoder;
import io.spindle.shard.SymbolFile.Fields;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The commands of a move. Holdings go with the symbol; so does the money that its open buys hold,
 * so that what an account has on both appliances together stays what it was.
 */
final class SymbolMove {
    private static final char EVERYBODY = 'Y';

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ShardSide side;
    private final SymbolFile file;
    private final long symbol;

    SymbolMove(final ShardSide side, final SymbolFile file) {
        this.side = side;
        this.file = file;
        this.symbol = Ascii.pack(file.symbol());
    }

    /** Stops everything in a symbol but cancels by operators. */
    static void drain(final ShardSide side, final String symbol) throws IOException {
        side.ask("drain", state(Ascii.pack(symbol), 'H'));
        side.awaitRest();
    }

    /**
     * Makes the symbol here what the file says; it ends halted.
     *
     * @return lines that differ afterwards, in words; none = it is the same symbol
     * @throws IllegalArgumentException if something that it needs is not here; nothing was done
     */
    List<String> load() throws IOException {
        check();
        side.ask("define", this::define);
        side.ask("pre-open", state(symbol, 'Q'));
        side.ask("margin", risk(false));
        adjust(1);
        for (final Fields order : file.of("order")) {
            side.send((buffer, high, low) -> enter(buffer, order));
        }
        side.ask("risk", risk(true));
        side.ask("reference", this::reference);
        side.ask("halt", state(symbol, 'H'));
        return difference();
    }

    /**
     * Takes the symbol away from where it came from; it ends closed and without orders or holdings.
     *
     * @throws IllegalArgumentException if it is not what was exported any more; nothing was done
     */
    void release() throws IOException {
        final boolean isBegun = side.engine().instruments().tradingState(instrument()) == 'X';
        if (!isBegun && !difference().isEmpty()) {
            throw new IllegalArgumentException(
                    file.symbol() + " has changed since it was exported: " + difference());
        }
        side.ask("close", state(symbol, 'X'));
        side.ask("cancel", this::cancel);
        side.awaitRest();
        adjust(-1);
    }

    /** Cash first when it comes, last when it goes: orders need it. */
    private void adjust(final int sign) throws IOException {
        for (final Fields holding : file.of("holding")) {
            side.ask(
                    "holding " + holding.text(1),
                    (buffer, high, low) ->
                            holding(buffer, high, low, holding.text(1), sign * holding.number(2)));
        }
        for (final Reserved money : file.reserved()) {
            side.ask(
                    "cash " + money.account(),
                    (buffer, high, low) -> cash(buffer, high, low, money, sign * money.amount()));
        }
    }

    private void check() {
        final TradingEngine engine = side.engine();
        final List<String> missing = new ArrayList<>();
        for (final Fields order : file.of("order")) {
            final int session = engine.sessions().find(Ascii.pack(order.text(5)));
            final int index = (int) order.number(6);
            final int number = Integer.parseUnsignedInt(order.text(7));
            if (session < 0) {
                missing.add("no session " + order.text(5));
            } else if (engine.orders().find(session, index, number) == OrderTable.NONE
                    && Integer.compareUnsigned(
                                    engine.sessions().lastUserRefNum(session, index), number)
                            >= 0) {
                missing.add(
                        "%s has used its number %s here already"
                                .formatted(order.text(5), order.text(7)));
            }
            if (!isAccount(order.text(8))) {
                missing.add("no account " + order.text(8));
            }
        }
        file.of("holding").stream()
                .map(holding -> holding.text(1))
                .filter(account -> !isAccount(account))
                .forEach(account -> missing.add("no account " + account));
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    String.join("; ", missing.stream().distinct().toList()));
        }
    }

    private boolean isAccount(final String name) {
        return side.engine().accounts().find(Ascii.pack(name), Ascii.pack(name, Long.BYTES)) >= 0;
    }

    private int instrument() {
        return side.engine().instruments().find(symbol);
    }

    private List<String> difference() {
        final List<String> here = SymbolImage.of(side.engine(), file.symbol()).lines();
        final List<String> differing = new ArrayList<>();
        without(file.image(), here).forEach(line -> differing.add("in the file only: " + line));
        without(here, file.image()).forEach(line -> differing.add("here only: " + line));
        if (differing.isEmpty() && !SymbolImage.hash(here).equals(file.hash())) {
            differing.add("the same lines in another order");
        }
        return differing;
    }

    private static Set<String> without(final List<String> lines, final List<String> others) {
        final Set<String> rest = new LinkedHashSet<>(lines);
        rest.removeAll(new HashSet<>(others));
        return rest;
    }

    private static ShardSide.Request state(final long symbol, final char state) {
        return (buffer, high, low) ->
                new SetTradingStateEncoder()
                        .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                        .requestHigh(high)
                        .requestLow(low)
                        .symbol(symbol)
                        .state((byte) state)
                        .limit();
    }

    private int define(final MutableDirectBuffer buffer, final long high, final long low) {
        final Fields line = file.of("instrument").getFirst();
        return new DefineInstrumentEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(high)
                .requestLow(low)
                .symbol(symbol)
                .currency(Ascii.packInt(line.text(2)))
                .tickSize(line.number(3))
                .lotSize(line.number(4))
                .minQuantity(line.number(5))
                .maxQuantity(line.number(6))
                .maxPrice(line.number(7))
                .priceDecimals((short) line.number(8))
                .lotExponent((short) line.number(9))
                .limit();
    }

    /**
     * The margin is what orders reserve by; a band and what else refuses orders come after them.
     */
    private ShardSide.Request risk(final boolean whole) {
        final Fields line = file.of("risk").getFirst();
        return (buffer, high, low) ->
                new SetInstrumentRiskEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestHigh(high)
                        .requestLow(low)
                        .symbol(symbol)
                        .bandBps(whole ? line.number(1) : 0)
                        .marginBps(line.number(2))
                        .settlementDays((short) line.number(3))
                        .flags((short) (whole ? line.number(4) : 0))
                        .limit();
    }

    private int reference(final MutableDirectBuffer buffer, final long high, final long low) {
        return new SetReferencePriceEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(high)
                .requestLow(low)
                .symbol(symbol)
                .price(file.of("risk").getFirst().number(5))
                .limit();
    }

    private int holding(
            final MutableDirectBuffer buffer,
            final long high,
            final long low,
            final String account,
            final long lots) {
        return new AdjustHoldingEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(high)
                .requestLow(low)
                .accountHigh(Ascii.pack(account))
                .accountLow(Ascii.pack(account, Long.BYTES))
                .symbol(symbol)
                .lots(lots)
                .limit();
    }

    private int cash(
            final MutableDirectBuffer buffer,
            final long high,
            final long low,
            final Reserved money,
            final long amount) {
        return new AdjustCashEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(high)
                .requestLow(low)
                .accountHigh(Ascii.pack(money.account()))
                .accountLow(Ascii.pack(money.account(), Long.BYTES))
                .amount(amount)
                .currency(Ascii.packInt(money.currency()))
                .limit();
    }

    private int cancel(final MutableDirectBuffer buffer, final long high, final long low) {
        return new AdminCancelEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(high)
                .requestLow(low)
                .scope((byte) EVERYBODY)
                .firm(0)
                .accountHigh(Ascii.BLANK)
                .accountLow(Ascii.BLANK)
                .username(Ascii.BLANK)
                .symbol(symbol)
                .orderReference(0)
                .session(0)
                .userRefIdx((short) 0)
                .userRefNum(0)
                .operatorId(Ascii.pack("SHARD"))
                .limit();
    }

    private int enter(final MutableDirectBuffer buffer, final Fields order) {
        final UnsafeBuffer block = new UnsafeBuffer(new byte[OptionBlock.LENGTH]);
        final OrderOptionsEncoder options =
                OptionBlock.begin(new OrderOptionsEncoder(), header, block, 0)
                        .accountHigh(Ascii.pack(order.text(8)))
                        .accountLow(Ascii.pack(order.text(8), Long.BYTES));
        if (order.number(16) != 0) {
            options.groupId((int) order.number(16));
        }
        if (order.number(17) != 0) {
            options.strategyId(order.number(17));
        }
        if (order.number(18) != 0) {
            options.postOnly((byte) order.number(18));
        }
        if (order.number(19) != 0) {
            options.selfTradePrevention((byte) order.number(19));
        }
        return new EnterOrderEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .session(side.engine().sessions().find(Ascii.pack(order.text(5))))
                .userRefIdx((short) order.number(6))
                .side((byte) order.character(1))
                .userRefNum(order.number(7))
                .symbol(symbol)
                .quantity(order.number(3))
                .price(order.number(2))
                .clOrdIdHigh(order.packed(14))
                .clOrdIdLow(order.packed(15))
                .receivedNs(0)
                .timeInForce((byte) order.character(9))
                .display((byte) order.character(10))
                .capacity((byte) order.character(11))
                .interMarketSweep((byte) order.character(12))
                .crossType((byte) order.character(13))
                .putOptions(block, 0, OptionBlock.LENGTH)
                .limit();
    }
}
