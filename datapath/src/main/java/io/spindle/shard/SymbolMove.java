package io.spindle.shard;

import io.spindle.oms.Ascii;
import io.spindle.oms.CommandBatch;
import io.spindle.oms.InstrumentTable;
import io.spindle.oms.OptionBlock;
import io.spindle.oms.OrderTable;
import io.spindle.oms.SymbolImage;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.command.AdminCancelEncoder;
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
 * The commands of a move. Orders and lots leave one appliance before they come to the other, so
 * that they are never on both; money stays where it is, for what an account may use is allotted to
 * each appliance by itself.
 */
final class SymbolMove {
    private static final char EVERYBODY = 'Y';

    /** Lines of an image that are always there. */
    private static final int DEFINITION = 2;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ShardSide side;
    private final SymbolFile file;
    private final long symbol;

    SymbolMove(final ShardSide side, final SymbolFile file) {
        this.side = side;
        this.file = file;
        this.symbol = Ascii.pack(file.symbol());
    }

    /** Stops everything in a symbol but cancels. */
    static void drain(final ShardSide side, final String symbol) throws IOException {
        side.ask("halt", state(Ascii.pack(symbol), 'H'));
        side.awaitRest();
    }

    /**
     * Makes the symbol here what the file says; it ends halted.
     *
     * @return lines that differ afterwards, in words; none = it is the same symbol
     * @throws IllegalArgumentException if something that it needs is not here, or a symbol of this
     *     name is; nothing was done
     */
    List<String> load() throws IOException {
        if (side.isDone("arrived")) {
            return List.of();
        }
        check();
        side.book("book", this::define);
        side.ask("pre-open", state(symbol, 'Q'));
        side.ask("margin", risk(false));
        for (final Fields order : file.of("order")) {
            side.send((buffer, high, low) -> enter(buffer, order));
        }
        side.ask("risk", risk(true));
        side.ask("reference", this::reference);
        side.ask("halt", state(symbol, 'H'));
        final List<String> differing = difference();
        if (differing.isEmpty()) {
            side.once("arrived", state(symbol, 'H'));
        }
        return differing;
    }

    /**
     * Takes the symbol away from where it came from; it ends closed and without orders or holdings.
     * Its orders are held first, so that none goes or shrinks between the comparison and the end.
     *
     * @throws IllegalArgumentException if it is not what was exported any more; nothing was done
     */
    void release() throws IOException {
        if (side.isDone("gone")) {
            return;
        }
        side.ask("hold", moving(true));
        side.awaitRest();
        if (!side.isDone("close")) {
            final List<String> reasons =
                    new ArrayList<>(SymbolImage.of(side.engine(), file.symbol()).obstacles());
            reasons.addAll(difference());
            if (!reasons.isEmpty()) {
                side.ask("let go", moving(false));
                throw new IllegalArgumentException(
                        file.symbol() + " has changed since it was exported: " + reasons);
            }
            side.once("close", state(symbol, 'X'));
        }
        side.ask("cancel", this::cancel);
        side.awaitRest();
        side.book("take out", batch -> holdings(batch, -1));
        side.ask("let go", moving(false));
        final List<String> left = SymbolImage.of(side.engine(), file.symbol()).lines();
        if (left.size() > DEFINITION) {
            throw new IllegalArgumentException(
                    file.symbol() + ": left here: " + left.subList(DEFINITION, left.size()));
        }
        side.once("gone", state(symbol, 'X'));
    }

    private void holdings(final CommandBatch batch, final int sign) {
        for (final Fields holding : file.of("holding")) {
            batch.holding(holding.text(1), file.symbol(), sign * holding.number(2));
        }
    }

    private void check() {
        final TradingEngine engine = side.engine();
        final List<String> missing = new ArrayList<>();
        if (instrument() != InstrumentTable.NONE && !side.isBooked("book")) {
            missing.add(file.symbol() + " is here already, and not by this move");
        }
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
                        .expected(SetTradingStateEncoder.expectedNullValue())
                        .limit();
    }

    private void define(final CommandBatch batch) {
        final Fields line = file.of("instrument").getFirst();
        batch.instrument(
                new CommandBatch.Instrument(
                        line.text(1),
                        line.text(2),
                        line.number(3),
                        line.number(4),
                        line.number(5),
                        line.number(6),
                        line.number(7),
                        (int) line.number(8),
                        (int) line.number(9)));
        holdings(batch, 1);
    }

    /**
     * The margin is what orders reserve by; a band and what else refuses orders come after them.
     */
    private ShardSide.Request risk(final boolean whole) {
        final Fields line = file.of("risk").getFirst();
        return (buffer, high, low) ->
                risk(buffer, high, low)
                        .bandBps(whole ? line.number(1) : 0)
                        .marginBps(line.number(2))
                        .settlementDays((short) line.number(3))
                        .flags((short) (whole ? line.number(4) : 0))
                        .limit();
    }

    /** Whether the orders here are held; all else stays. */
    private ShardSide.Request moving(final boolean isMoving) {
        final InstrumentTable table = side.engine().instruments();
        final int instrument = instrument();
        final int flags = table.riskFlags(instrument) & ~InstrumentTable.FLAG_MOVING;
        return (buffer, high, low) ->
                risk(buffer, high, low)
                        .bandBps(table.bandBps(instrument))
                        .marginBps(table.marginBps(instrument))
                        .settlementDays((short) table.settlementDays(instrument))
                        .flags((short) (isMoving ? flags | InstrumentTable.FLAG_MOVING : flags))
                        .limit();
    }

    private SetInstrumentRiskEncoder risk(
            final MutableDirectBuffer buffer, final long high, final long low) {
        return new SetInstrumentRiskEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(high)
                .requestLow(low)
                .symbol(symbol);
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
