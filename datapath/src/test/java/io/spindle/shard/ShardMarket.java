package io.spindle.shard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.oms.Ascii;
import io.spindle.oms.CommandBatch;
import io.spindle.oms.CommandSink;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.SymbolImage;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.command.ContinueEncoder;
import io.spindle.oms.command.MassCancelEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.ReplaceOrderEncoder;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.List;

/** An engine with two members and a symbol, that takes no more commands after some. */
final class ShardMarket implements CommandSink {
    static final List<String> MEMBERS = List.of("ANNA", "BERT");
    static final long PRICE = 100_000;
    static final int ALL = Integer.MAX_VALUE;

    final TradingEngine engine;
    int left = ALL;
    private final String symbol;

    /**
     * @param symbol what is traded here, and held by every member
     */
    ShardMarket(final String symbol) {
        final NoEvents nothing = new NoEvents();
        engine = new TradingEngine(EngineConfig.small(), nothing, nothing, nothing);
        this.symbol = symbol;
        members();
    }

    @Override
    public void onCommand(final DirectBuffer buffer, final int offset, final int length) {
        if (left == 0) {
            throw new IllegalStateException("died");
        }
        left -= left == ALL ? 0 : 1;
        engine.apply(engine.sequence() + 1, 1, buffer, offset, length);
    }

    int slice() {
        if (engine.pendingContinue() == 0) {
            return 0;
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final ContinueEncoder proceed =
                new ContinueEncoder()
                        .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                        .origin(engine.pendingContinue());
        onCommand(buffer, 0, proceed.limit());
        return 1;
    }

    ShardSide side(final String move) {
        return new ShardSide("here", move, engine, this, this::slice, () -> {});
    }

    List<String> lines(final String name) {
        return SymbolImage.of(engine, name).lines();
    }

    private void members() {
        final CommandBatch batch = new CommandBatch(this, 1, 1);
        batch.instrument(
                new CommandBatch.Instrument(symbol, "USD", 100, 1, 1, 100_000, 100_000_000, 4, 0));
        for (final String name : MEMBERS) {
            batch.firm(name)
                    .account(name, name, 0)
                    .cash(name, "USD", 50_000_000)
                    .holding(name, symbol, 5_000)
                    .session(
                            new CommandBatch.Session(
                                    name, name, name, 0, new byte[16], new byte[32]));
        }
        batch.commit();
    }

    void enter(
            final int session,
            final int number,
            final char side,
            final long quantity,
            final long price) {
        MemberCommands.enter(this, session, number, side, quantity, price, symbol);
    }

    /** BERT's order 3, from 70 to that many. */
    void cancel(final long quantity) {
        MemberCommands.cancel(this, 1, 3, quantity);
    }

    void replace() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        final ReplaceOrderEncoder replace =
                new ReplaceOrderEncoder()
                        .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                        .session(1)
                        .userRefIdx((short) 0)
                        .originalUserRefNum(3)
                        .userRefNum(4)
                        .quantity(80)
                        .price(PRICE)
                        .timeInForce((byte) '1')
                        .display((byte) 'Y')
                        .interMarketSweep((byte) 'N')
                        .clOrdIdHigh(Ascii.BLANK)
                        .clOrdIdLow(Ascii.BLANK)
                        .receivedNs(0)
                        .putOptions(buffer, 0, 0);
        onCommand(buffer, 0, replace.limit());
    }

    void massCancel() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        final MassCancelEncoder cancel =
                new MassCancelEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        cancel.session(1)
                .userRefIdx((short) 0)
                .side(MassCancelEncoder.sideNullValue())
                .userRefNum(5)
                .firm(Ascii.packInt("BERT"))
                .symbol(Ascii.BLANK)
                .groupId(MassCancelEncoder.groupIdNullValue())
                .onlyUserRefIdx(MassCancelEncoder.onlyUserRefIdxNullValue())
                .receivedNs(0);
        onCommand(buffer, 0, cancel.limit());
        while (slice() > 0) {
            assertTrue(engine.sequence() < 1_000);
        }
    }
}
