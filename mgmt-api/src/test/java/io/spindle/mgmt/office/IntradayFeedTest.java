package io.spindle.mgmt.office;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.Commander;
import io.spindle.mgmt.control.ControlDesk;
import io.spindle.mgmt.control.ControlPort;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class IntradayFeedTest {
    private final Market market = new Market();

    /** It answers everything but that a source has reported. */
    private final ControlPort control =
            new ControlPort() {
                @Override
                public Optional<Answer> ask(final AdminCommand command) throws IOException {
                    final String text =
                            command.buffer().getStringWithoutLengthAscii(0, command.length());
                    return text.contains(FeedStatus.REPORTED)
                            ? Optional.empty()
                            : market.log.ask(command);
                }

                @Override
                public void post(final AdminCommand command) throws IOException {
                    market.log.post(command);
                }
            };

    @Test
    void shouldTellWhatWasBookedThoughTheSourceCannotBeSaidToBeOnline() throws Exception {
        final IntradayFeed feed =
                new IntradayFeed(
                        market.view,
                        new Commander(
                                new ControlDesk(control),
                                market.view,
                                new DataFolder(market.folder),
                                () -> 0),
                        () -> Instant.parse("2025-11-20T12:00:00Z"));
        final var good = new IntradayFeed.Update(1, "TEST00", "USD", "1", null, null);
        final var unknown = new IntradayFeed.Update(2, "NOBODY", "USD", "1", null, null);
        final List<IntradayFeed.Outcome> outcomes =
                feed.apply("BANK1", List.of(good, unknown), "anna", false);
        assertEquals(2, outcomes.size());
        assertEquals("NONE", outcomes.getFirst().code());
        assertEquals(2, feed.position("BANK1"));
    }
}
