package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Blocks, mass cancels and disconnects. */
class KillSwitchTest {
    private final Market market = Market.sample();
    private final Desk desk = new Desk(market);

    @Test
    void shouldBlockAtOnceAndCancelInSlices() {
        for (int number = 1; number <= 300; number++) {
            market.enter(0, number, 'B', 1, 100_000);
        }
        market.enter(1, 1, 'B', 1, 100_000);
        assertEquals(
                List.of("entry state A 2 2", "result 0.0 NONE"),
                desk.block('A', "TEST00", 'C', 2, true));
        assertEquals(
                "rejected 0#301 ENTRY_DISABLED", market.enter(0, 301, 'B', 1, 100_000).getLast());
        assertEquals(301, market.engine.orders().open());
        assertEquals(2 * 256, desk.proceed().size());
        assertEquals(45, market.engine.orders().open());
        assertEquals(
                List.of("canceled 0#257 1 k", "itch deleted 257"), desk.proceed().subList(0, 2));
        assertEquals(1, market.engine.orders().open());
        assertEquals(0, market.engine.pendingContinue());
        assertEquals(List.of(), desk.proceed());
    }

    @Test
    void shouldBlockEveryScope() {
        final String[] scopes = {"Y", "F", "A", "S"};
        final String[] names = {"", "TEST", "TEST05", "TEST05"};
        int number = 0;
        for (int i = 0; i < scopes.length; i++) {
            desk.block(scopes[i].charAt(0), names[i], 'H', 2, false);
            assertTrue(market.enter(5, ++number, 'B', 1, 100).getLast().endsWith("ENTRY_DISABLED"));
            desk.block(scopes[i].charAt(0), names[i], 'A', 2, false);
            assertEquals(2, market.enter(5, ++number, 'B', 1, 100).size());
        }
    }

    @Test
    void shouldLetCancelsThroughABlock() {
        market.enter(0, 1, 'B', 10, 100_000);
        desk.block('Y', "", 'H', 3, false);
        assertEquals(List.of("canceled 0#1 10 U", "itch deleted 1"), market.cancel(0, 1, 0));
    }

    @Test
    void shouldReleaseOnlyByTheSameOrAHigherAuthority() {
        desk.block('A', "TEST00", 'C', 2, false);
        assertEquals(
                List.of("entry state A 2 2", "result 0.0 AUTHORITY"),
                desk.block('A', "TEST00", 'A', 1, false));
        assertEquals(
                List.of("entry state A 2 0", "result 0.0 NONE"),
                desk.block('A', "TEST00", 'A', 3, false));
    }

    @Test
    void shouldBeginADayClosedUntilASupervisorOpensIt() {
        desk.dayGate(true);
        assertEquals(2, market.enter(0, 1, 'B', 1, 100_000).size());
        assertTrue(market.dayStart(20261121, 1).contains("entry state Y 0 2"));
        assertEquals(EntryState.CANCEL_ONLY, market.engine.systemBlock(3));
        assertTrue(market.enter(0, 2, 'B', 1, 100_000).getLast().endsWith("ENTRY_DISABLED"));
        assertEquals("result 0.0 AUTHORITY", desk.block('Y', "", 'A', 2, false).getLast());
        desk.block('Y', "", 'A', 3, false);
        assertEquals(2, market.enter(0, 3, 'B', 1, 100_000).size());
        desk.dayGate(false);
        market.dayStart(20261122, 1);
        assertEquals(EntryState.ACTIVE, market.engine.systemBlock(3));
    }

    @Test
    void shouldAnswerANoteWithoutReadingIt() {
        assertEquals(List.of("result 0.0 NONE"), desk.annotate("not even JSON"));
    }

    @Test
    void shouldLetOnlyReducingOrdersThrough() {
        market.enter(0, 1, 'S', 10, 100_000);
        market.enter(1, 1, 'B', 10, 100_000);
        desk.block('A', "TEST01", 'R', 2, false);
        assertTrue(market.enter(1, 2, 'B', 1, 100).getLast().endsWith("REDUCE_ONLY"));
        assertEquals(2, market.enter(1, 3, 'S', 10, 200_000).size());
        assertTrue(market.enter(1, 4, 'S', 1, 200_000).getLast().endsWith("REDUCE_ONLY"));
    }

    @Test
    void shouldRefuseBlocksThatPointNowhere() {
        assertEquals(List.of("result 0.0 FIELD"), desk.block('?', "X", 'C', 2, false));
        assertEquals(List.of("result 0.0 FIELD"), desk.block('Y', "", 'Z', 2, false));
        assertEquals(List.of("result 0.0 FIELD"), desk.block('Y', "", 'C', 4, false));
        assertEquals(List.of("result 0.0 FIRM"), desk.block('F', "NONE", 'C', 2, false));
        assertEquals(List.of("result 0.0 ACCOUNT"), desk.block('A', "NONE", 'C', 2, false));
        assertEquals(List.of("result 0.0 SESSION"), desk.block('S', "NONE", 'C', 2, false));
    }

    @Test
    void shouldMassCancelWhatPassesEveryFilter() {
        market.enter(0, 1, 'B', 1, 100_000);
        market.enter(0, 2, 'S', 1, 200_000);
        market.enter(market.order(0, 3, 'B', 1, 100_000).symbol(Ascii.pack("ROTR")));
        market.enter(market.order(0, 4, 'B', 1, 100_000), o -> o.groupId(9));
        market.enter(market.order(0, 1, 'B', 1, 100_000).userRefIdx((short) 3));
        market.enter(1, 1, 'B', 1, 100_000);
        assertEquals(
                List.of("mass cancel 0#5 SPDL"),
                desk.send(desk.massCancel(0, 5).symbol(Ascii.pack("SPDL")).side((byte) 'S')));
        assertEquals(List.of("canceled 0#2 1 U", "itch deleted 2"), desk.proceed());
        desk.send(desk.massCancel(0, 6).groupId(9));
        assertEquals(List.of("canceled 0#4 1 U", "itch deleted 4"), desk.proceed());
        desk.send(desk.massCancel(0, 7).onlyUserRefIdx((short) 3));
        assertEquals(List.of("canceled 0/3#1 1 U", "itch deleted 5"), desk.proceed());
        desk.send(desk.massCancel(0, 8));
        assertEquals(4, desk.proceed().size());
        assertEquals(1, market.engine.orders().open());
        assertEquals(
                List.of("rejected 0#9 SYMBOL"),
                desk.send(desk.massCancel(0, 9).symbol(Ascii.pack("NONE"))));
        assertEquals(List.of(), desk.send(desk.massCancel(0, 9)));
    }

    @Test
    void shouldSpareOrdersThatCameAfterAMassCancel() {
        market.enter(0, 1, 'B', 1, 100_000);
        desk.send(desk.massCancel(0, 2));
        market.enter(0, 3, 'B', 1, 100_000);
        assertEquals(List.of("canceled 0#1 1 U", "itch deleted 1"), desk.proceed());
        assertEquals(1, market.engine.orders().open());
    }

    /** To the public it is another order then, but not to whoever wants it gone. */
    @Test
    void shouldCancelAnIcebergThatShowsItsNextPeakMeanwhile() {
        market.enter(market.order(0, 1, 'S', 30, 100_000), o -> o.maxFloor(10));
        desk.block('A', "TEST00", 'C', 2, true);
        assertTrue(market.enter(1, 1, 'B', 10, 100_000).contains("restated 0#1 R"));
        assertEquals(List.of("canceled 0#1 20 k", "itch deleted 3"), desk.proceed());
        assertEquals(0, market.engine.orders().open());
    }

    @Test
    void shouldSpareAnIcebergThatWasReplacedAfterAMassCancel() {
        market.enter(market.order(0, 1, 'S', 30, 100_000), o -> o.maxFloor(10));
        market.enter(1, 1, 'B', 10, 100_000);
        desk.send(desk.massCancel(0, 2));
        market.replace(0, 1, 3, 30, 100_000);
        assertEquals(List.of(), desk.proceed());
        assertEquals(1, market.engine.orders().open());
    }

    @Test
    void shouldTakeSellsOfEveryKindForOneSide() {
        market.enter(0, 1, 'B', 1, 100_000);
        market.enter(0, 2, 'T', 1, 200_000);
        market.enter(0, 3, 'S', 1, 200_000);
        assertEquals(
                List.of("rejected 0#4 SIDE"), desk.send(desk.massCancel(0, 4).side((byte) '?')));
        desk.send(desk.massCancel(0, 5).side((byte) 'T'));
        assertEquals(
                List.of("canceled 0#2 1 U", "itch deleted 2", "canceled 0#3 1 U", "itch deleted 3"),
                desk.proceed());
    }

    @Test
    void shouldLetASessionDisableItsFirm() {
        assertEquals(
                List.of("rejected 0#1 FIRM_NOT_AUTHORIZED"), desk.setEntry(0, 1, "ELSE", false));
        assertEquals(
                List.of("entry disabled 0#2", "entry state F 0 2"),
                desk.setEntry(0, 2, "TEST", false));
        assertTrue(market.enter(1, 1, 'B', 1, 100).getLast().endsWith("ENTRY_DISABLED"));
        assertEquals(
                List.of("entry enabled 0#3", "entry state F 0 0"),
                desk.setEntry(0, 3, "TEST", true));
        desk.block('F', "TEST", 'C', 1, false);
        assertEquals(
                List.of("entry enabled 0#4", "entry state F 0 2"),
                desk.setEntry(0, 4, "TEST", true));
        assertEquals(List.of(), desk.setEntry(0, 4, "TEST", true));
    }

    @Test
    void shouldCancelOnDisconnectAfterItsGrace() {
        desk.member("COD", 0, SessionTable.FLAG_CANCEL_ON_DISCONNECT);
        desk.deposit("COD", 1_000_000_000, "SPDL", 0);
        desk.grace("COD", 5_000_000);
        final int session = desk.session("COD");
        market.up(session);
        market.enter(session, 1, 'B', 1, 100_000);
        market.down(session, 1);
        assertEquals(market.nowNs + 5_000_000, market.engine.nextDeadlineNs());
        market.up(session);
        assertEquals(Long.MAX_VALUE, market.engine.nextDeadlineNs());
        market.down(session, 1);
        assertEquals(List.of(), desk.tick());
        assertEquals(List.of("canceled " + session + "#1 1 c", "itch deleted 1"), desk.proceed());
        assertEquals(List.of("result 0.0 SESSION"), desk.grace("NONE", 1));
        assertEquals(List.of("result 0.0 FIELD"), desk.grace("COD", -1));
    }

    @Test
    void shouldCancelAtOnceWithoutGraceOrAfterALogOff() {
        desk.member("COD", 0, SessionTable.FLAG_CANCEL_ON_DISCONNECT);
        desk.deposit("COD", 1_000_000_000, "SPDL", 0);
        final int session = desk.session("COD");
        market.up(session);
        market.enter(session, 1, 'B', 1, 100_000);
        market.down(session, 1);
        assertEquals(2, desk.proceed().size());
        desk.grace("COD", 5_000_000);
        market.up(session);
        market.enter(session, 2, 'B', 1, 100_000);
        market.down(session, 0);
        assertEquals(2, desk.proceed().size());
        market.up(session);
        market.down(session, 0);
        assertEquals(0, market.engine.pendingContinue());
    }

    @Test
    void shouldTakeDownWhoeverIsUpAtTheSourceOfALogin() {
        desk.member("COD", 0, SessionTable.FLAG_CANCEL_ON_DISCONNECT);
        desk.deposit("COD", 1_000_000_000, "SPDL", 0);
        final int session = desk.session("COD");
        market.up(session, 5_000);
        market.up(1, 5_001);
        market.enter(session, 1, 'B', 1, 100_000);
        assertEquals(
                List.of("session down " + session + " 1", "session up 0"), market.up(0, 5_000));
        assertFalse(market.engine.sessions().isUp(session));
        assertTrue(market.engine.sessions().isUp(1));
        assertEquals(List.of("canceled " + session + "#1 1 c", "itch deleted 1"), desk.proceed());
        assertEquals(List.of("session up 0"), market.up(0, 5_000));
        assertEquals(List.of("session up 0"), market.up(0, 5_002), "it moves, nobody goes down");
    }

    @Test
    void shouldLetOperatorsCancelOneOrMany() {
        market.enter(0, 1, 'B', 1, 100_000);
        market.enter(0, 2, 'B', 1, 100_000);
        market.enter(1, 1, 'B', 1, 100_000);
        assertEquals(
                List.of("result 0.0 UNKNOWN_ORDER"),
                desk.send(desk.cancel('S', "TEST00").orderReference(3).userRefNum(2)));
        assertEquals(
                List.of("canceled 0#2 1 S", "itch deleted 2", "result 0.0 NONE"),
                desk.send(desk.cancel('S', "TEST00").orderReference(2).userRefNum(2)));
        assertEquals(
                List.of("result 0.0 SYMBOL"),
                desk.send(desk.cancel('F', "TEST").symbol(Ascii.pack("NONE"))));
        assertEquals(List.of("result 0.0 FIRM"), desk.send(desk.cancel('F', "NONE")));
        assertEquals(
                List.of("result 0.0 NONE"),
                desk.send(desk.cancel('F', "TEST").symbol(Ascii.pack("SPDL"))));
        assertEquals(4, desk.proceed().size());
        assertEquals(0, market.engine.orders().open());
    }

    @Test
    void shouldRefuseASweepWhenTooManyAreAtWork() {
        final Market tiny = new Market(new EngineConfig(16, 8, 128, 128, 1_024, 256, 64, 1 << 20));
        SampleMarket.write(tiny);
        final Desk tinyDesk = new Desk(tiny);
        tiny.events.take();
        final List<String> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            events.addAll(tinyDesk.send(tinyDesk.cancel('Y', "")));
        }
        assertEquals(192, events.indexOf("result 0.0 SWEEP_CAPACITY"));
        assertEquals(
                List.of("rejected 0#1 SWEEP_CAPACITY"), tinyDesk.send(tinyDesk.massCancel(0, 1)));
        assertEquals(List.of("result 0.0 SWEEP_CAPACITY"), tinyDesk.block('Y', "", 'C', 3, true));
        while (tiny.engine.pendingContinue() != 0) {
            tinyDesk.proceed();
        }
        assertEquals(List.of("result 0.0 NONE"), tinyDesk.send(tinyDesk.cancel('Y', "")));
    }
}
