package io.spindle.mgmt.office;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.control.Commander;
import io.spindle.mgmt.control.ControlDesk;
import io.spindle.mgmt.office.TradingCalendar.Phase;
import io.spindle.mgmt.testing.Market;
import io.spindle.mgmt.testing.Overtaken;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Instant;
import java.util.List;

/** A clock whose commands others overtake. */
@Timeout(60)
class CalendarClockTest {
    private static final TradingCalendar WEEK =
            new TradingCalendar(
                    "UTC",
                    null,
                    null,
                    List.of("monday"),
                    List.of(new Phase("09:00", "quotation_only")),
                    null);
    private static final Instant NINE = Instant.parse("2026-11-30T09:00:00Z");

    private final Market market = new Market();

    private CalendarClock clock(final Runnable others) {
        final Commander commander =
                new Commander(
                        new ControlDesk(new Overtaken(market.log, others)),
                        market.view,
                        new DataFolder(market.folder),
                        market.log::lastSequence);
        return new CalendarClock(market.view, commander, new Notes(commander, market.view));
    }

    private char state(final String symbol) {
        return market.view.read(now -> now.instrument(symbol)).orElseThrow().tradingState();
    }

    @Test
    void shouldNotLiftAHaltThatComesBehindItsLook() throws Exception {
        try (CalendarClock clock = clock(() -> market.state("SPDL", 'H'))) {
            clock.define("week", WEEK, "OPERATOR");
            clock.look(NINE);
            assertEquals('H', state("SPDL"));
            assertEquals('Q', state("BTC"), "the others do not wait");
            clock.look(NINE.plusSeconds(1));
            assertEquals('H', state("SPDL"));
            assertEquals(NINE.toString(), clock.entered("week").orElseThrow().at());
        }
    }

    @Test
    void shouldMoveWhatHasMovedBehindItsLookIntoAStateThatItMayLeave() throws Exception {
        try (CalendarClock clock = clock(() -> market.state("SPDL", 'X'))) {
            clock.define("week", WEEK, "OPERATOR");
            clock.look(NINE);
            assertEquals('X', state("SPDL"));
            clock.look(NINE.plusSeconds(1));
            assertEquals('Q', state("SPDL"));
        }
    }
}
