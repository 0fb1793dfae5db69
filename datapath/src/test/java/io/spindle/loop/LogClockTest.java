package io.spindle.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class LogClockTest {
    private static final long BOOT_NS = 1_700_000_000_000_000_000L;

    private long monotonicNs = 5_000_000;
    private long utcAheadNs;
    private final LogClock clock = new LogClock(() -> monotonicNs, this::utcNs);

    private long utcNs() {
        return BOOT_NS + monotonicNs + utcAheadNs;
    }

    /** The turn's own time would say that it has no stamp. */
    @Test
    void shouldKeepTheStampOfWhatCameWhileTheTurnWasUnderWay() {
        final long turnNs = clock.turn();
        assertEquals(turnNs - 40, clock.ofStamp(utcNs() - 40, false));
        assertEquals(turnNs - 40, clock.ofStamp(monotonicNs - 40, true));
        assertEquals(turnNs - 1, clock.ofStamp(monotonicNs, true));
        assertEquals(turnNs - 1, clock.ofStamp(monotonicNs + 300, true));
        assertEquals(turnNs - 1, clock.ofStamp(utcNs() + 300, false));
    }

    @Test
    void shouldPutWhatCameDuringATurnBeforeWhatCameAfterIt() {
        clock.turn();
        final long during = clock.ofStamp(utcNs() + 300, false);
        monotonicNs += 1_000;
        clock.turn();
        assertTrue(during < clock.ofStamp(utcNs() - 600, false));
    }

    /** A card that counts in TAI is 37 s ahead. */
    @Test
    void shouldTakeNoStampOfAClockThatIsAhead() {
        clock.turn();
        assertEquals(0, clock.ofStamp(utcNs() + 37_000_000_000L, false));
        assertEquals(0, clock.ofStamp(utcNs() + LogClock.STAMP_SLACK_NS + 1, false));
        assertEquals(0, clock.ofStamp(monotonicNs + LogClock.STAMP_SLACK_NS + 1, true));
        assertEquals(3, clock.stampsRefused());
    }

    @Test
    void shouldTakeTheStampOfWhatCameWithinTheSlack() {
        final long turnNs = clock.turn();
        assertEquals(turnNs - 1, clock.ofStamp(utcNs() + LogClock.STAMP_SLACK_NS, false));
        assertEquals(turnNs - 1, clock.ofStamp(monotonicNs + LogClock.STAMP_SLACK_NS, true));
        assertEquals(0, clock.stampsRefused());
    }

    @Test
    void shouldTellNoTimeOfWhatHasNoStamp() {
        clock.turn();
        assertEquals(0, clock.ofStamp(0, false));
        assertEquals(0, clock.ofStamp(0, true));
    }

    @Test
    void shouldTellStampsOfUtcByTheAnchorThatWasMoved() {
        utcAheadNs = 6_000;
        final long slewNs = clock.slewNs();
        assertEquals(6_000, slewNs);
        clock.anchor(clock.anchorNs() + slewNs);
        assertEquals(clock.turn() - 40, clock.ofStamp(utcNs() - 40, false));
    }

    @Test
    void shouldTellStampsOfUtcByAnAnchorThatIsStillOnItsWay() {
        utcAheadNs = 2_000_000;
        final long slewNs = clock.slewNs();
        assertEquals(500_000, slewNs);
        clock.anchor(clock.anchorNs() + slewNs);
        assertEquals(clock.turn() - 40, clock.ofStamp(utcNs() - 40, false));
    }

    /** UTC was set back while the process was down. */
    @Test
    void shouldTellStampsOfUtcByTheAnchorThatARestartRaised() {
        clock.notBelow(BOOT_NS + monotonicNs + 1_000_000);
        assertEquals(clock.turn() - 40, clock.ofStamp(utcNs() - 40, false));
    }
}
