package io.spindle.perf.all;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.perf.load.FreePorts;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The smallest sizes: that every step is taken and told, not what comes of it. */
@Timeout(900)
class AllCommandTest {
    private final StringWriter said = new StringWriter();

    @TempDir private Path folder;

    private int run(final String... options) {
        final List<String> arguments =
                new ArrayList<>(
                        List.of("--quick", "--hardware=none", "--echo=", "--out=" + folder));
        arguments.addAll(List.of(options));
        return new CommandLine(new AllCommand())
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute(arguments.toArray(String[]::new));
    }

    private String page() throws IOException {
        return Files.readString(folder.resolve("RESULTS.md"));
    }

    @Test
    void shouldTakeTheStepsThatWereAskedForAndNameTheOthers() throws IOException {
        assertEquals(0, run("--only=BOOK"), said::toString);
        assertTrue(said.toString().contains("book, step 3 of 7: "), said::toString);
        assertTrue(said.toString().contains("book: valid"), said::toString);
        final String page = page();
        assertTrue(page.contains("## book: "), page);
        assertTrue(page.contains("EXCHANGE_CORE "), page);
        assertTrue(page.contains("left out: not in --only"), page);
        assertTrue(page.contains("\ncommit "), page);
    }

    @Test
    void shouldFailWhenAStepDoes() throws IOException {
        final Path stream = Files.writeString(folder.resolve("text"), "no stream of orders");
        assertEquals(1, run("--only=BOOK", "--stream=" + stream), said::toString);
        assertTrue(said.toString().contains("book: INVALID: exit code 1"), said::toString);
        assertTrue(page().contains("INVALID: exit code 1"), page());
    }

    @Test
    void shouldKeepWhatAnEarlierCallMeasured() throws IOException {
        Files.writeString(folder.resolve("ladder.md"), "rounds of last week\n");
        assertEquals(0, run("--only=ENGINE"), said::toString);
        assertTrue(page().contains("rounds of last week"), page());
        assertTrue(page().contains("exchange-core with risk"), page());
    }

    @Test
    void shouldSayWhatWasLeftOutAndWhy() {
        final Outcome outcome = Outcome.leftOut("no root");
        assertTrue(outcome.counts());
        assertFalse(outcome.isMeasured());
        assertTrue(outcome.section(Step.WIRE).getLast().endsWith("left out: no root"));
    }

    /** Five minutes for the appliance to open, two to end; seven rungs and profiles, one each. */
    @Test
    void shouldLetASlowMachineShowEveryStep() {
        assertTrue(AllCommand.usualMinutes(true, 60) >= 5 + 2 + 7);
    }

    @Test
    void shouldLetTheLadderPlayForAsLongAsItWasTold() {
        assertEquals(180, AllCommand.usualMinutes(false, 60));
        assertEquals(300, AllCommand.usualMinutes(false, 240));
    }

    @Test
    void shouldRefuseALimitThatEndsEveryStepAtOnce() {
        assertEquals(2, run("--only=BOOK", "--at-most=0"), said::toString);
        assertEquals(2, run("--only=BOOK", "--at-most=-1"), said::toString);
        assertTrue(said.toString().contains("--at-most is above 0: -1.0"), said::toString);
    }

    /** It waits for a process that would sleep for an hour. */
    @Test
    void shouldNameTheStepThatDoesNotEndAndEndIt() throws Exception {
        final StepLimit limit = new StepLimit(Duration.ofSeconds(2));
        final AtomicReference<Process> sleeper = new AtomicReference<>();
        final Outcome late =
                limit.take(
                        Step.BOOK,
                        () -> {
                            sleeper.set(new ProcessBuilder("sleep", "3600").start());
                            sleeper.get().getInputStream().readAllBytes();
                            return Outcome.valid(List.of("rested"));
                        });
        assertEquals("INVALID: book did not end within 2 s", late.verdict());
        assertFalse(late.counts());
        assertTrue(sleeper.get().waitFor(10, TimeUnit.SECONDS), "the sleeper was left running");
        final Outcome next = limit.take(Step.ENGINE, () -> Outcome.valid(List.of("figures")));
        assertEquals("valid", next.verdict());
    }

    @Test
    void shouldTellWhatAStepThatFailedSaid() throws InterruptedException {
        final Outcome failed =
                new StepLimit(Duration.ofMinutes(1))
                        .take(
                                Step.WIRE,
                                () -> {
                                    throw new IOException("no such device");
                                });
        assertTrue(failed.verdict().contains("no such device"), failed.verdict());
    }

    /** Not JMH: that would build the project while it is being built. */
    @Test
    @Tag("campaign")
    @Timeout(2_400)
    void shouldTakeEveryStep() throws IOException {
        final int code =
                run(
                        "--only=LOAD,START,BOOK,ENGINE,WIRE,LADDER",
                        "--rate=500",
                        "--port-base=" + FreePorts.base(),
                        "--api=127.0.0.1:" + FreePorts.api());
        final String page = page();
        assertFalse(page.contains("did not end"), page);
        assertTrue(page.contains("highest rate served: "), page);
        assertTrue(page.contains("cancel-storm"), page);
        assertTrue(page.contains("p99.9 of the first second: "), page);
        assertEquals(page.contains("INVALID") ? 1 : 0, code, page);
        for (final String file : List.of("index.html", "load.txt", "book.txt", "engine.txt")) {
            assertTrue(Files.size(folder.resolve(file)) > 0, file);
        }
        final String environment = Files.readString(folder.resolve("environment.txt"));
        assertTrue(environment.contains("\ntrading: -"), environment);
        for (final Step step : List.of(Step.WIRE, Step.LADDER)) {
            assertEquals(
                    step.obstacle().isEmpty(),
                    Files.exists(folder.resolve(step.label() + ".txt")),
                    page);
        }
    }
}
