package io.spindle.mgmt.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.log.CommandHandler;
import io.spindle.mgmt.latency.Stage;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.supervisor.RunFolder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.TickEncoder;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogReader;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The machine's figures at the console are those of the machine. */
@Tag("campaign")
@Timeout(300)
class ConsoleFiguresTest extends ConsoleFixture {
    private static final int COMMANDS = 3;

    @TempDir private Path folder;

    /** Each of them on its way for five microseconds, in an interval that is over. */
    private void recordLatencies() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final int length =
                new TickEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).limit();
        final CommandHandler timed =
                context.latencies().before((sequence, timeNs, command, offset, size) -> {});
        for (int i = 1; i <= COMMANDS; i++) {
            timed.onCommand(i, market.wallNs - 5_000, buffer, 0, length);
        }
        market.wallNs += TimeUnit.SECONDS.toNanos(10);
    }

    @Test
    void shouldShowTheLatenciesAndGiveThemAway() throws IOException {
        recordLatencies();
        login(Role.PERFORMANCE);
        browser.press("6");
        browser.see("counters", "24");
        browser.see("latency-about", Stage.REPLICA.meaning + "; 3 values, p50 5 µs");
        browser.seeLabel("latency", "up to 8 µs: 3");
        browser.see("slowest", "5 µs · sequence 1 · ");
        browser.downloadInto(folder);
        browser.click("hlog");
        final Path file = folder.resolve("spindle.hlog");
        browser.seeFile(file);
        final HistogramLogReader reader = new HistogramLogReader(file.toFile());
        long replica = 0;
        for (EncodableHistogram one = reader.nextIntervalHistogram();
                one != null;
                one = reader.nextIntervalHistogram()) {
            if (one instanceof final AbstractHistogram whole
                    && Stage.REPLICA.label().equals(one.getTag())) {
                replica += whole.getTotalCount();
            }
        }
        assertEquals(COMMANDS, replica, Files.readString(file));
    }

    @Test
    void shouldNameTheEventsThatWereTheSlowestToReachThePage() {
        login(Role.VIEWER);
        browser.see("count-orders", "24");
        final int mine = market.enter(0, 'B', "SPDL", 77, 9_5000);
        browser.press("6");
        browser.see(
                "outliers", " ms · TEST00-0-" + mine + " · sequence " + market.log.lastSequence());
    }

    @Test
    void shouldShowEachSettingOfTheProfileWantedAndLive() throws IOException {
        Files.writeString(
                folder.resolve("p.yaml"), "name: p\nschema: 1\nsysctl: { kernel.ostype: Linux }\n");
        final RunFolder run = RunFolder.of(context.folder().path());
        Files.createDirectories(run.path()).toFile().deleteOnExit();
        run.path().resolve("appliance.properties").toFile().deleteOnExit();
        run.describe(Map.of("--profile", "p", "--profiles", folder.toString()));
        login(Role.VIEWER);
        browser.press("6");
        browser.see("profile-name", "p");
        browser.see("profile", "/proc/sys/kernel/ostype Linux Linux holds");
        browser.see("fact-profile", "holds");
    }
}
