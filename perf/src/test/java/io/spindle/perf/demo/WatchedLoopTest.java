package io.spindle.perf.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.client.ClientCommand;
import io.spindle.loop.LoopCounter;
import io.spindle.loop.LoopCounters;
import io.spindle.trading.LiveTrading;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.watch.Stays;
import io.spindle.tuning.watch.Watch;

import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;

/** `tune watch` knows no class of the trading process: it must still read what that one writes. */
@Timeout(120)
class WatchedLoopTest {
    @TempDir private Path folder;

    @Test
    void shouldReadHowLongAnOrderStayed() throws Exception {
        try (LiveTrading live = new LiveTrading(folder)) {
            live.startSample();
            final Stays stays = new Stays(folder.resolve("attested"), 0);
            place(Integer.toString(live.ports.base()));
            live.stop();
            final List<Stays.Stay> read = stays.read();
            assertEquals(1, read.size(), read::toString);
            final Stays.Stay stay = read.getFirst();
            assertEquals(1, stay.orders());
            assertTrue(stay.sequence() > 0 && stay.arrivedNs() > 0, stay::toString);
            assertTrue(stay.arrivedNs() <= stay.inNs(), stay::toString);
            assertTrue(stay.inNs() <= stay.outNs(), stay::toString);
            assertTrue(stay.outNs() <= stay.sentNs(), stay::toString);
        }
    }

    private static void place(final String portBase) {
        final StringWriter out = new StringWriter();
        new CommandLine(new ClientCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute("place", "buy", "1", "SPDL", "10", "--port-base", portBase);
    }

    @Test
    void shouldSeeThatTheLoopWasOverloaded() throws Exception {
        final long pid = ProcessHandle.current().pid();
        final Path file = Path.of("/dev/shm", "spindle-watched-" + pid, "counters");
        try (LoopCounters counters = LoopCounters.create(file)) {
            final Watch watch = new Watch(Root.live(), 0, "/proc/" + pid + "/task/" + pid, null);
            counters.set(LoopCounter.OVERLOADS, 2);
            final List<String> seen = watch.look().stream().map(Watch.Finding::toString).toList();
            assertTrue(seen.contains("queueing: loop net.overloads (+2)"), seen::toString);
        } finally {
            IoUtil.delete(file.getParent().toFile(), true);
        }
    }
}
