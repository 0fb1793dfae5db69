package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.View;
import io.spindle.oms.EngineConfig;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

@Timeout(120)
class AsAtTest {
    private static final List<String> READS =
            List.of("/v1/book/SPDL", "/v1/orders", "/v1/balances", "/v1/holdings", "/v1/trades");

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call viewer = api.as(Role.VIEWER);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldAnswerAtAHundredRandomSequencesAsItDidThenAndAsAReplayDoes() {
        final Random random = new Random(7);
        final Map<Long, Map<String, String>> then = new HashMap<>();
        while (then.size() < 100) {
            final char side = random.nextBoolean() ? 'B' : 'S';
            api.market.enter(
                    random.nextInt(3), side, "SPDL", 1 + random.nextInt(50), price(random));
            if (random.nextInt(3) == 0) {
                final Map<String, String> answers = new HashMap<>();
                READS.forEach(path -> answers.put(path, viewer.get(path).body()));
                then.put(api.market.log.lastSequence(), answers);
            }
        }
        final List<Long> sequences = new ArrayList<>(then.keySet());
        Collections.shuffle(sequences, random);
        for (final long sequence : sequences) {
            then.get(sequence)
                    .forEach(
                            (path, body) ->
                                    assertEquals(
                                            withoutToken(body),
                                            withoutToken(
                                                    viewer.get(path + "?asAt=" + sequence).body()),
                                            path));
            final View past = api.market.past.at(TimeTravel.Moment.sequence(sequence));
            assertEquals(replay(sequence), hash(past), "at " + sequence);
        }
    }

    /** The hash of all state of a replica of its own, fed with the log up to there. */
    private long replay(final long sequence) {
        final View replica = new View(EngineConfig.small(), new View.Limits(1_000, 1_000));
        for (long next = 1; next <= sequence; next++) {
            final long command = next;
            replica.update(() -> api.market.log.feed(replica, command));
        }
        return hash(replica);
    }

    private static long hash(final View view) {
        return view.<Long>read(now -> now.engine().stateHash());
    }

    @Test
    void shouldTakeSequencesNanosecondsAndIsoTimes() {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final long sequence = api.market.log.lastSequence();
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final long timeNs = api.market.log.timeNs(sequence);
        for (final String asAt :
                List.of("" + sequence, "" + timeNs, Times.text(timeNs), Times.text(timeNs + 1))) {
            assertEquals(
                    "100", viewer.get("/v1/book/SPDL?asAt=" + asAt).text("/bids/0/quantity"), asAt);
        }
    }

    @Test
    void shouldRefuseTheFutureAndNonsense() {
        for (final String asAt : List.of("999999", "2100-01-01T00:00:00Z", "noon", "-1", "")) {
            assertEquals(422, viewer.get("/v1/orders?asAt=" + asAt).status(), asAt);
        }
    }

    private static long price(final Random random) {
        return 10_0000 + 100 * (random.nextInt(9) - 4);
    }

    private static String withoutToken(final String body) {
        return body.replaceAll("\"nextPageToken\":\"[^\"]*\"", "");
    }
}
