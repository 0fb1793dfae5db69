package io.spindle.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.oms.Ascii;
import io.spindle.oms.CommandBatch;
import io.spindle.oms.SymbolImage;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** A move between two engines that dies behind each of its commands, and is repeated. */
class SymbolMoveStepsTest {
    private static final String SYMBOL = "SPDL";

    private ShardMarket home;
    private ShardMarket other;
    private SymbolFile file;
    private long cash;
    private long lots;

    @BeforeEach
    void trade() throws IOException {
        home = new ShardMarket(SYMBOL);
        other = new ShardMarket("ROTR");
        home.enter(0, 1, 'S', 300, ShardMarket.PRICE + 200);
        home.enter(1, 1, 'B', 100, ShardMarket.PRICE);
        home.enter(0, 2, 'B', 50, ShardMarket.PRICE);
        home.enter(1, 2, 'B', 120, ShardMarket.PRICE + 200); // takes 120 of the 300
        home.enter(1, 3, 'B', 70, ShardMarket.PRICE);
        home.enter(0, 3, 'S', 40, ShardMarket.PRICE + 200);
        final ShardSide side = home.side("halt");
        SymbolMove.drain(side, SYMBOL);
        assertEquals(List.of(), SymbolImage.of(home.engine, SYMBOL).obstacles());
        file = new SymbolFile(home.lines(SYMBOL), "move", SymbolFile.EXPORTED);
        assertEquals(5, file.of("order").size());
        cash = cash();
        lots = lots();
    }

    private void release() throws IOException {
        new SymbolMove(home.side("release"), file).release();
    }

    private List<String> load() throws IOException {
        return new SymbolMove(other.side(file.arrival()), file).load();
    }

    private long cash() {
        return ShardMarket.MEMBERS.stream()
                .mapToLong(name -> cash(home, name) + cash(other, name))
                .sum();
    }

    private static long cash(final ShardMarket appliance, final String name) {
        final int account = appliance.engine.accounts().find(Ascii.pack(name), Ascii.BLANK);
        return appliance
                .engine
                .cash()
                .balance(appliance.engine.cash().find(account, Ascii.packInt("USD")));
    }

    private long lots() {
        return Stream.of(home, other)
                .filter(one -> one.engine.instruments().find(Ascii.pack(SYMBOL)) != 0)
                .flatMap(one -> one.lines(SYMBOL).stream())
                .filter(line -> line.startsWith("holding"))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(',') + 1)))
                .sum();
    }

    private void verifyMoved() {
        assertEquals(file.image(), other.lines(SYMBOL));
        assertEquals(file.hash(), SymbolImage.hash(other.lines(SYMBOL)));
        assertEquals(file.image().subList(0, 2), home.lines(SYMBOL), "nothing but the definition");
        assertEquals(0, home.engine.orders().open());
        assertEquals(cash, cash());
        assertEquals(lots, lots());
        assertEquals('X', state(home));
        assertEquals('H', state(other));
    }

    private static int state(final ShardMarket appliance) {
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
            home.left = ShardMarket.ALL;
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
            other.left = ShardMarket.ALL;
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
        home.cancel(20);
        assertTrue(
                assertThrows(IllegalArgumentException.class, this::release)
                        .getMessage()
                        .contains("in the file only: order,B,100000,70"));
        home.cancel(0); // it is not held any more
        assertEquals(4, home.engine.orders().open());
        assertEquals('H', state(home));
        file = new SymbolFile(home.lines(SYMBOL), "a second move", SymbolFile.EXPORTED);
        release();
        assertEquals(List.of(), load());
        verifyMoved();
    }

    @Test
    void shouldHoldTheOrdersBetweenTheComparisonAndTheEnd() throws IOException {
        home.left = 1;
        assertThrows(IllegalStateException.class, this::release);
        home.left = ShardMarket.ALL;
        home.cancel(20);
        home.cancel(0);
        home.replace();
        home.massCancel();
        assertEquals(file.image(), home.lines(SYMBOL));
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
        assertEquals(file.image().subList(0, 2), home.lines(SYMBOL));
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
