package io.spindle.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.codec.SessionId;
import io.spindle.oms.SessionTable;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.HexFormat;

class SessionPiecesTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @Test
    void shouldAllowABurstOfOneSecondAndThenTheRate() {
        final RateLimit limit = new RateLimit(10);
        int allowed = 0;
        for (int i = 0; i < 1_000; i++) {
            allowed += limit.tryAcquire(0) ? 1 : 0;
        }
        assertEquals(10, allowed);
        for (long nowNs = 0; nowNs < 10 * SECOND_NS; nowNs += 1_000_000) {
            allowed += limit.tryAcquire(nowNs) ? 1 : 0;
        }
        assertEquals(109, allowed);
    }

    /** A flood from ten thousand forged sources, 100 logins a millisecond. */
    @Test
    void shouldCheckAHundredLoginsASecondWhoeverSendsThem() {
        final LoginLimits limits = new LoginLimits(10_000);
        int checked = 0;
        int returned = 0;
        for (int i = 0; i < 100_000; i++) {
            final long nowNs = i / 100 * 1_000_000L;
            final int address = i % 10_000;
            if (limits.mayCheck(address, i, address, i % 1_000 == 0 ? address : -1, nowNs)) {
                checked++;
                returned += i % 1_000 == 0 ? 1 : 0;
                limits.failed(address, i, nowNs);
            }
        }
        assertTrue(checked <= 2 * LoginLimits.CHECKS, "checked: " + checked);
        assertTrue(returned >= LoginLimits.RETURNING, "returned: " + returned);
    }

    @Test
    void shouldLookAtNobodyWhoFailsOften() {
        final LoginLimits limits = new LoginLimits(10_000);
        int ofSource = 0;
        while (limits.mayCheck(1, 1, 1, 0, 0)) {
            limits.failed(1, 1, 0);
            ofSource++;
        }
        assertEquals(LoginLimits.FAILURES_OF_SOURCE, ofSource);
        int ofAddress = ofSource;
        for (int port = 2; limits.mayCheck(1, port, 1, 0, 0); port++) {
            limits.failed(1, port, 0);
            ofAddress++;
        }
        assertEquals(LoginLimits.FAILURES_OF_ADDRESS, ofAddress);
        assertTrue(limits.mayCheck(2, 1, 1, 0, 0));
        assertTrue(limits.mayCheck(1, 1, 1, 1, 0));
        assertTrue(limits.mayCheck(1, 1, 1, 0, SECOND_NS));
    }

    /** Strangers use up what is for everybody, and one session's name and address are known. */
    @Test
    void shouldLeaveASessionItsWayBackWhoeverPassesForAnother() {
        final LoginLimits limits = new LoginLimits(10_000);
        for (int i = 0; i < 1_000; i++) {
            limits.mayCheck(100 + i, 1, SessionTable.NONE, 0, 0);
            limits.mayCheck(0, i, SessionTable.NONE, 0, 0);
            limits.mayCheck(1, i, 1, 1, 0);
        }
        assertFalse(limits.mayCheck(2, 1, SessionTable.NONE, 0, 0));
        for (int session = 2; session < 2 + 9; session++) {
            assertTrue(limits.mayCheck(session, 1, session, session, 0), "session " + session);
        }
    }

    /** Of 65,535, as many as an engine may have, none spends what another has. */
    @Test
    void shouldGiveEachSessionReturnsOfItsOwn() {
        final LoginLimits limits = new LoginLimits(65_535);
        for (int i = 0; i < LoginLimits.RETURNS_OF_SESSION; i++) {
            assertTrue(limits.mayCheck(7, 1, 0, 7, 0));
        }
        for (int i = 0; i < LoginLimits.CHECKS; i++) {
            limits.mayCheck(100 + i, 1, SessionTable.NONE, 0, 0);
        }
        assertFalse(limits.mayCheck(7, 1, 0, 7, 0), "it has had its returns");
        for (int session = 1_024; session < 10_240; session += 1_024) {
            assertTrue(limits.mayCheck(8, 1, session, 8, 0), "session " + session);
        }
        assertTrue(limits.mayCheck(8, 1, 65_534, 8, 0));
    }

    @Test
    void shouldBindASourceToOneSessionAtATime() {
        final Bindings bindings = new Bindings(4);
        bindings.bind(1, 0xC0A80001, 5000, 0xAABBCCDDEEFFL);
        assertEquals(1, bindings.find(0xC0A80001, 5000));
        assertEquals(Bindings.NONE, bindings.find(0xC0A80001, 5001));
        assertEquals(0xC0A80001, bindings.address(1));
        assertEquals(5000, bindings.port(1));
        assertEquals(0xAABBCCDDEEFFL, bindings.mac(1));

        bindings.bind(2, 0xC0A80001, 5000, 1);
        assertFalse(bindings.isUp(1));
        assertEquals(2, bindings.find(0xC0A80001, 5000));
        assertEquals(1, bindings.countUp());

        bindings.bind(2, 0xC0A80001, 6000, 1);
        assertEquals(Bindings.NONE, bindings.find(0xC0A80001, 5000));
        assertEquals(1, bindings.countUp());

        bindings.unbind(2);
        bindings.unbind(2);
        assertEquals(0, bindings.countUp());
        assertEquals(Bindings.NONE, bindings.find(0xC0A80001, 6000));
    }

    @Test
    void shouldCountTimestampsFromTheTradingDaysMidnight() {
        final SessionDay day = new SessionDay();
        day.start(20261120, 1);
        final long midnightNs = LocalDate.of(2026, 11, 20).toEpochDay() * 86_400 * SECOND_NS;
        assertEquals(5, day.timestampNs(midnightNs + 5));
        assertEquals(86_400 * SECOND_NS + 1, day.timestampNs(midnightNs + 86_400 * SECOND_NS + 1));
        assertEquals(SessionId.head(20261120), day.head());
        assertEquals(SessionId.tail(1), day.tail());
    }

    @Test
    void shouldKnowTheCalendar() {
        LocalDate date = LocalDate.of(1999, 12, 1);
        for (int i = 0; i < 40_000; i++) {
            assertEquals(
                    date.toEpochDay(),
                    SessionDay.epochDay(
                            date.getYear(), date.getMonthValue(), date.getDayOfMonth()));
            date = date.plusDays(1);
        }
    }

    @Test
    void shouldTakeDatagramsWholeOrNotAtAll() {
        assertTrue(areWhole("000152"));
        assertTrue(areWhole("000152" + "000755" + "010203040506" + "000754000000010001"));
        assertTrue(areWhole("000155"));
        assertTrue(areWhole("00025a00"));
        assertFalse(areWhole(""));
        assertFalse(areWhole("00"));
        assertFalse(areWhole("0001"));
        assertFalse(areWhole("000052"));
        assertFalse(areWhole("000252"));
        assertFalse(areWhole("00025200"));
        assertFalse(areWhole("00015200"));
        assertFalse(areWhole("00074c010203040506"));
        assertFalse(areWhole("0007540000000100"));
        assertFalse(areWhole("ffff55"));
        assertTrue(areWhole("05be55" + "00".repeat(1469)));
        assertFalse(areWhole("05bf55" + "00".repeat(1470)));
    }

    private static boolean areWhole(final String hex) {
        final byte[] bytes = HexFormat.of().parseHex(hex);
        return Blocks.areWhole(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
