package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.MemoryLog;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
    void shouldAnswerAtRandomSequencesAsItDidThen() {
        final Random random = new Random(7);
        final Map<Long, Map<String, String>> then = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            final char side = random.nextBoolean() ? 'B' : 'S';
            api.market.enter(
                    random.nextInt(3), side, "SPDL", 1 + random.nextInt(50), price(random));
            if (i % 10 == 0) {
                final Map<String, String> answers = new HashMap<>();
                READS.forEach(path -> answers.put(path, viewer.get(path).body()));
                then.put(api.market.log.lastSequence(), answers);
            }
        }
        then.forEach(
                (sequence, answers) ->
                        answers.forEach(
                                (path, body) ->
                                        assertEquals(
                                                withoutToken(body),
                                                withoutToken(
                                                        viewer.get(path + "?asAt=" + sequence)
                                                                .body()))));
    }

    @Test
    void shouldTakeSequencesNanosecondsAndIsoTimes() {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final long sequence = api.market.log.lastSequence();
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final long timeNs = MemoryLog.timeNs(sequence);
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
