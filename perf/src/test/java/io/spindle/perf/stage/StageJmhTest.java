package io.spindle.perf.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;

/** What the stage benchmarks measure really happens. */
class StageJmhTest {
    @Test
    void shouldReadWhatWasWrittenAndGoRoundTheLog() throws IOException {
        final StageJmh stages = new StageJmh();
        stages.open();
        try {
            assertEquals(42 + 50, stages.writeFrame());
            assertEquals(50, stages.readFrame());
            long seen = 0;
            for (int i = 0; i < 20_000; i++) {
                seen = stages.logCommand();
            }
            assertEquals(20_000 + 20_000 / 64 * 64, seen);
        } finally {
            stages.close();
        }
    }
}
