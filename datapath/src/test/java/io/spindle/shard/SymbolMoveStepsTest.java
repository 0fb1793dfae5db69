package io.spindle.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.oms.Ascii;
import io.spindle.oms.CommandBatch;
import io.spindle.oms.CommandSink;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.SymbolImage;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.command.CancelOrderEncoder;
import io.spindle.oms.command.ContinueEncoder;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MassCancelEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.ReplaceOrderEncoder;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** A move between two engines that dies behind each of its commands, and is repeated. */
class SymbolMoveStepsTest {
    private static final String SYMBOL = "SPDL";
    private static final List<String> MEMBERS = List.of("ANNA", "BERT");
    private static final long PRICE = 100_000;

    private Appliance home;
    private Appliance other;
    private SymbolFile file;
    private long cash;
    private long lots;

    /** An engine that takes no more commands after some. */
    private static final class Appliance implements CommandSink {
        private static final int ALL = Integer.MAX_VALUE;

        final TradingEngine engine;
        int left = ALL;

        Appliance() {
            final NoEvents nothing = new NoEvents();
            engine = new TradingEngine(EngineConfig.small(), nothing, nothing, nothing);
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

        List<String> lines() {
            return SymbolImage.of(engine, SYMBOL).lines();
        }
    }

    @BeforeEach
    void trade() throws IOException {
        home = new Appliance();
        other = new Appliance();
        members(home, SYMBOL);
        members(other, "ROTR");
        enter(0, 1, 'S', 300, PRICE + 200);
        enter(1, 1, 'B', 100, PRICE);
        enter(0, 2, 'B', 50, PRICE);
        enter(1, 2, 'B', 120, PRICE + 200); // takes 120 of the 300
        enter(1, 3, 'B', 70, PRICE);
        enter(0, 3, 'S', 40, PRICE + 200);
        final ShardSide side = home.side("halt");
        SymbolMove.drain(side, SYMBOL);
        assertEquals(List.of(), SymbolImage.of(home.engine, SYMBOL).obstacles());
        file = new SymbolFile(home.lines(), "move", SymbolFile.EXPORTED);
        assertEquals(5, file.of("order").size());
        cash = cash();
        lots = lots();
    }

    private static void members(final CommandSink to, final String symbol) {
        final CommandBatch batch = new CommandBatch(to, 1, 1);
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

    private void enter(
            final int session,
            final int number,
            final char side,
            final long quantity,
            final long price) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        final EnterOrderEncoder enter =
                new EnterOrderEncoder()
                        .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                        .session(session)
                        .userRefIdx((short) 0)
                        .side((byte) side)
                        .userRefNum(number)
                        .symbol(Ascii.pack(SYMBOL))
                        .quantity(quantity)
                        .price(price)
                        .clOrdIdHigh(Ascii.pack("C" + number))
                        .clOrdIdLow(Ascii.BLANK)
                        .receivedNs(0)
                        .timeInForce((byte) '1')
                        .display((byte) 'Y')
                        .capacity((byte) 'A')
                        .interMarketSweep((byte) 'N')
                        .crossType((byte) 'N')
                        .putOptions(buffer, 0, 0);
        home.onCommand(buffer, 0, enter.limit());
    }

    /** BERT's order 3, from 70 to that many. */
    private void cancel(final long quantity) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        final CancelOrderEncoder cancel =
                new CancelOrderEncoder()
                        .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                        .session(1)
                        .userRefIdx((short) 0)
                        .userRefNum(3)
                        .quantity(quantity)
                        .receivedNs(0);
        home.onCommand(buffer, 0, cancel.limit());
    }

    private void replace() {
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
        home.onCommand(buffer, 0, replace.limit());
    }

    private void massCancel() {
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
        home.onCommand(buffer, 0, cancel.limit());
        while (home.slice() > 0) {
            assertTrue(home.engine.sequence() < 1_000);
        }
    }

    private void release() throws IOException {
        new SymbolMove(home.side("release"), file).release();
    }

    private List<String> load() throws IOException {
        return new SymbolMove(other.side(file.arrival()), file).load();
    }

    private long cash() {
        return MEMBERS.stream().mapToLong(name -> cash(home, name) + cash(other, name)).sum();
    }

    private static long cash(final Appliance appliance, final String name) {
        final int account = appliance.engine.accounts().find(Ascii.pack(name), Ascii.BLANK);
        return appliance
                .engine
                .cash()
                .balance(appliance.engine.cash().find(account, Ascii.packInt("USD")));
    }

    private long lots() {
        return Stream.of(home, other)
                .filter(one -> one.engine.instruments().find(Ascii.pack(SYMBOL)) != 0)
                .flatMap(one -> one.lines().stream())
                .filter(line -> line.startsWith("holding"))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(',') + 1)))
                .sum();
    }

    private void verifyMoved() {
        assertEquals(file.image(), other.lines());
        assertEquals(file.hash(), SymbolImage.hash(other.lines()));
        assertEquals(file.image().subList(0, 2), home.lines(), "nothing but the definition");
        assertEquals(0, home.engine.orders().open());
        assertEquals(cash, cash());
        assertEquals(lots, lots());
        assertEquals('X', state(home));
        assertEquals('H', state(other));
    }

    private static int state(final Appliance appliance) {
        return appliance
                .engine
                .instruments()
                .tradingState(appliance.engine.instruments().find(Ascii.pack(SYMBOL)));
    }

    @Test
    void shouldGoOnWhereAReleaseDied() throws IOException {
        int steps = 0;
        for (boolean died = true; died; steps++) {
            trade();
            home.left = steps;
            try {
                release();
                died = false;
            } catch (final IllegalStateException e) {
                assertEquals("died", e.getMessage());
            }
            home.left = Appliance.ALL;
            release();
            assertEquals(List.of(), load());
            verifyMoved();
        }
        assertTrue(steps > 8, "died " + steps + " times");
    }

    @Test
    void shouldGoOnWhereAnImportDied() throws IOException {
        int steps = 0;
        for (boolean died = true; died; steps++) {
            trade();
            release();
            other.left = steps;
            try {
                load();
                died = false;
            } catch (final IllegalStateException e) {
                assertEquals("died", e.getMessage());
            }
            other.left = Appliance.ALL;
            assertEquals(List.of(), load());
            verifyMoved();
        }
        assertTrue(steps > 14, "died " + steps + " times");
    }

    @Test
    void shouldDoNothingMoreWhenItIsDone() throws IOException {
        release();
        assertEquals(List.of(), load());
        final long there = other.engine.stateHash();
        final long here = home.engine.stateHash();
        assertEquals(List.of(), load());
        release();
        assertEquals(there, other.engine.stateHash());
        assertEquals(here, home.engine.stateHash());
        verifyMoved();
    }

    @Test
    void shouldStayWhenAMemberHasCancelledSince() throws IOException {
        cancel(20);
        assertTrue(
                assertThrows(IllegalArgumentException.class, this::release)
                        .getMessage()
                        .contains("in the file only: order,B,100000,70"));
        cancel(0); // it is not held any more
        assertEquals(4, home.engine.orders().open());
        assertEquals('H', state(home));
        file = new SymbolFile(home.lines(), "a second move", SymbolFile.EXPORTED);
        release();
        assertEquals(List.of(), load());
        verifyMoved();
    }

    @Test
    void shouldHoldTheOrdersBetweenTheComparisonAndTheEnd() throws IOException {
        home.left = 1;
        assertThrows(IllegalStateException.class, this::release);
        home.left = Appliance.ALL;
        cancel(20);
        cancel(0);
        replace();
        massCancel();
        assertEquals(file.image(), home.lines());
        release();
        assertEquals(List.of(), load());
        verifyMoved();
    }

    @Test
    void shouldRefuseASymbolThatIsThereAlready() throws IOException {
        release();
        new CommandBatch(other, 2, 2)
                .instrument(
                        new CommandBatch.Instrument(
                                SYMBOL, "USD", 100, 1, 1, 100_000, 100_000_000, 4, 0))
                .commit();
        final long before = other.engine.stateHash();
        assertThrows(IllegalArgumentException.class, this::load);
        assertEquals(before, other.engine.stateHash());
    }

    @Test
    void shouldNotReleaseASecondFileOfTheSameSymbol() throws IOException {
        release();
        file = new SymbolFile(file.image(), "another", SymbolFile.EXPORTED);
        assertThrows(
                IllegalArgumentException.class,
                () -> new SymbolMove(home.side("release another"), file).release());
        assertEquals(file.image().subList(0, 2), home.lines());
    }

    @Test
    void shouldNameAnOrderThatIsRefused() throws IOException {
        new CommandBatch(other, 3, 3).cash("BERT", "USD", -49_000_000).commit();
        release();
        final List<String> differing = load();
        assertTrue(
                differing.getFirst().startsWith("in the file only: order,B,100000,100,1,BERT,0,1"),
                differing::toString);
    }
}
