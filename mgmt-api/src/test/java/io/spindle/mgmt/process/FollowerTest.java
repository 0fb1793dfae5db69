package io.spindle.mgmt.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.TimeUnit;

/** A replica that does not follow any more says so, whatever ended it. */
@Timeout(60)
class FollowerTest {
    private final Market market = new Market();

    @Test
    void shouldSayThatAnErrorHasStoppedIt() throws InterruptedException {
        final Follower.Source broken =
                (handler, limit) -> {
                    throw new OutOfMemoryError("of the test");
                };
        try (Follower follower = new Follower(market.view, broken)) {
            while (!follower.alarm().contains("OutOfMemoryError")) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    @Test
    void shouldSayThatItsThreadIsGone() {
        final Follower follower = new Follower(market.view, (handler, limit) -> 0);
        assertEquals("", follower.alarm());
        follower.close();
        assertTrue(follower.alarm().contains("has ended"), follower.alarm());
    }
}
