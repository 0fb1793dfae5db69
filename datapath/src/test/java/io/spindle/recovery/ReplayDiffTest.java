package io.spindle.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.DataFolder;
import io.spindle.log.SmallTables;

import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A day run again: as it was, and with something changed. */
class ReplayDiffTest {
    /** The session of the first two orders, which trade with each other. */
    private static final int MEETS_ITSELF = 0;

    @TempDir Path path;
    private DataFolder folder;
    private long at;

    @BeforeEach
    void trade() throws IOException {
        folder = SmallTables.in(new DataFolder(path.resolve("data")));
        try (OpenLog log = OpenLog.open(folder, 1 << 22, 1024)) {
            final EngineFlow flow = new EngineFlow(9).on(log.ring()).market();
            at = log.ring().lastSequence();
            flow.crossing(MEETS_ITSELF).orders(3_000).checkpoint();
        }
    }

    @AfterEach
    void clean() {
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }

    private ReplayDiff diff(final WhatIf change) throws IOException {
        return ReplayDiff.of(folder, EngineFlow.CONFIG, change, at);
    }

    @Test
    void shouldFindNoDifferenceWhenNothingIsChanged() throws IOException {
        final ReplayDiff diff = diff(new WhatIf());
        assertTrue(diff.firstDivergence().isEmpty());
        assertTrue(diff.changes().isEmpty());
        assertTrue(diff.orders() > 1_000);
    }

    @Test
    void shouldNameEveryOrderThatALimitWouldHaveRefused() throws IOException {
        final ReplayDiff diff = diff(new WhatIf().orderQuantity("", 1));
        assertTrue(diff.firstDivergence().orElseThrow() > 1);
        assertFalse(diff.changes().isEmpty());
        assertTrue(
                diff.changes().stream().anyMatch(change -> change.after().startsWith("rejected")),
                () -> diff.changes().getFirst().toString());
    }

    @Test
    void shouldSayThatFeesChangeNoOrder() throws IOException {
        assertTrue(diff(new WhatIf().fees(0, 0, 100)).changes().isEmpty());
    }

    @Test
    void shouldRunWithAnotherSelfTradePrevention() throws IOException {
        final ReplayDiff diff = diff(new WhatIf().selfTradePrevention('O'));
        assertEquals(Optional.of(at + 2), diff.firstDivergence());
        final ReplayDiff.Change resting = diff.changes().getFirst();
        assertEquals("session " + MEETS_ITSELF + " order 0/1", resting.order());
        assertTrue(resting.before().startsWith("accepted, executed 10"), resting::toString);
        assertTrue(resting.after().startsWith("accepted, canceled 10"), resting::toString);
        assertThrows(IllegalArgumentException.class, () -> new WhatIf().selfTradePrevention('x'));
    }

    @Test
    void shouldRefuseAChangeThatComesAfterTheLog() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        ReplayDiff.of(
                                folder,
                                EngineFlow.CONFIG,
                                new WhatIf().orderQuantity("", 1),
                                Long.MAX_VALUE));
    }

    @Test
    void shouldPrintWhatDiffersAndSayItWithTheExitCode() {
        assertTrue(run("--fees", "0,0,100").contains("nothing differs"));
        assertTrue(run("--order-quantity", "1").contains("first divergence at sequence"));
    }

    private String run(final String... arguments) {
        final StringWriter out = new StringWriter();
        final CommandLine command = new CommandLine(new ReplayDiffCommand());
        command.setOut(new PrintWriter(out));
        final List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.path().toString(), "--at", Long.toString(at)));
        final int exit = command.execute(all.toArray(String[]::new));
        final String text = out.toString();
        assertEquals(text.contains("nothing differs") ? 0 : 1, exit, text);
        return text;
    }
}
