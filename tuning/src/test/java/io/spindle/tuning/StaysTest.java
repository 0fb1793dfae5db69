package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.tuning.watch.StayJoin;
import io.spindle.tuning.watch.Stays;
import io.spindle.tuning.watch.Watch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Orders that stayed long, beside what moved meanwhile. */
class StaysTest {
    private static final long MICRO = 1_000;
    private static final long SECOND = 1_000_000_000;
    private static final long BEGAN = 1_800_000_000 * SECOND;
    private static final long ABOVE = 100 * MICRO;
    private static final String SEAL = "seal 1 0 synchronised 5 chain signature\n";
    private static final Watch.Finding DISK =
            new Watch.Finding(Watch.Kind.INTERRUPT, "irq 36 disk", 3);

    @TempDir Path folder;

    private void attest(final String file, final String text) throws IOException {
        Files.writeString(
                folder.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Times in µs since the beginning. */
    private static String order(
            final long sequence,
            final long arrived,
            final long in,
            final long out,
            final long sent) {
        return "order %d %d %d %d %d\n".formatted(sequence, at(arrived), at(in), at(out), at(sent));
    }

    private static long at(final long micros) {
        return BEGAN + micros * MICRO;
    }

    private static Stays.Stay stay(
            final long sequence, final long arrived, final long in, final long sent) {
        return new Stays.Stay(sequence, at(arrived), at(in), at(sent - 5), at(sent), 1, 0);
    }

    @Test
    void shouldReadOnWhereItBegan() throws IOException {
        attest("1000.attest", "spindle-attestation 1 realtime\n" + order(1, 0, 900, 950, 960));
        final Stays stays = new Stays(folder, ABOVE);
        assertEquals(List.of(), stays.read());
        attest("1000.attest", order(2, 1000, 1010, 1050, 1100) + order(3, 2000, 2200, 2210, 2220));
        assertEquals(List.of(), stays.read(), "the turn may go on");
        attest("1000.attest", SEAL + "order 4 " + at(3000));
        assertEquals(
                List.of(new Stays.Stay(3, at(2000), at(2200), at(2210), at(2220), 1, 0)),
                stays.read());
        attest("1000.attest", " %d %d %d\n".formatted(at(3300), at(3400), at(3500)) + SEAL);
        assertEquals(
                List.of(new Stays.Stay(4, at(3000), at(3300), at(3400), at(3500), 1, 0)),
                stays.read());
    }

    @Test
    void shouldGoOnWithTheFileOfTheNextProcess() throws IOException {
        attest("1000.attest", "spindle-attestation 1 realtime\n");
        final Stays stays = new Stays(folder, ABOVE);
        attest("2000.attest", "spindle-attestation 1 realtime\n" + order(1, 0, 5, 800, 900) + SEAL);
        assertEquals(
                List.of(new Stays.Stay(1, at(0), at(5), at(800), at(900), 1, 0)), stays.read());
        assertEquals(List.of(), stays.read());
    }

    @Test
    void shouldTellTheTurnOfAnOrderAndWhatItWaitedBehind() throws IOException {
        final Stays stays = new Stays(folder, ABOVE);
        attest(
                "1000.attest",
                order(1, 0, 10, 300, 310)
                        + order(2, 20, 320, 330, 340)
                        + order(3, 330, 320, 330, 340)
                        + "order 4 0 %d %d %d\n".formatted(at(400), at(500), at(600))
                        + SEAL);
        assertEquals(
                List.of(
                        new Stays.Stay(1, at(0), at(10), at(300), at(310), 1, 0),
                        new Stays.Stay(2, at(20), at(320), at(330), at(340), 2, 290 * MICRO),
                        new Stays.Stay(4, 0, at(400), at(500), at(600), 1, 0)),
                stays.read());
    }

    @Test
    void shouldTellTheLongestOfASecondWithWhatMovedInIt() {
        final StayJoin join = new StayJoin(BEGAN);
        join.onLook(BEGAN + SECOND, List.of());
        join.onLook(
                BEGAN + 2 * SECOND,
                List.of(DISK, new Watch.Finding(Watch.Kind.DRIFT, "swappiness is 60", 0)));
        join.onStays(
                List.of(
                        stay(7, 1_500_000, 1_500_300, 1_500_320),
                        stay(8, 1_600_000, 1_600_800, 1_600_840)));
        assertEquals(List.of(), join.settled());
        join.onLook(BEGAN + 3 * SECOND, List.of());
        assertEquals(List.of(), join.settled(), "stays of the second may still come");
        join.onLook(BEGAN + 4 * SECOND, List.of());
        final String line = join.settled().getFirst();
        assertTrue(
                line.endsWith(
                        "  order 8 stayed 840.0 µs, longest of 2: 800.0 µs waiting, 35.0 µs in the"
                                + " loop, 5.0 µs sending; that second: interrupt: irq 36 disk"
                                + " (+3)"),
                line);
        assertEquals(List.of(), join.rest());
    }

    @Test
    void shouldSayWhenNothingMovedBesideAStay() {
        final StayJoin join = new StayJoin(BEGAN);
        join.onLook(BEGAN + SECOND, List.of(DISK));
        join.onLook(BEGAN + 2 * SECOND, List.of());
        join.onStays(List.of(stay(7, 1_500_000, 1_500_300, 1_500_320)));
        final List<String> lines = join.rest();
        assertEquals(1, lines.size());
        assertTrue(lines.getFirst().contains("order 7 stayed 320.0 µs: "), lines::toString);
        assertTrue(lines.getFirst().endsWith("; unattributed"), lines::toString);
    }

    @Test
    void shouldLookAtEverySecondThatAStayWasIn() {
        final StayJoin join = new StayJoin(BEGAN);
        join.onLook(BEGAN + SECOND, List.of(DISK));
        join.onLook(BEGAN + 2 * SECOND, List.of());
        join.onStays(List.of(stay(7, 900_000, 1_100_000, 1_100_100)));
        assertTrue(join.rest().getFirst().endsWith("that second: interrupt: irq 36 disk (+3)"));
    }

    @Test
    void shouldNameAQueueAndABurst() {
        final StayJoin join = new StayJoin(BEGAN);
        join.onLook(BEGAN + SECOND, List.of());
        join.onStays(
                List.of(new Stays.Stay(7, at(100), at(900), at(910), at(920), 1, 700 * MICRO)));
        assertTrue(
                join.rest()
                        .getFirst()
                        .endsWith("queueing: the loop was at earlier orders for 700.0 µs"));
        join.onLook(BEGAN + 2 * SECOND, List.of());
        join.onStays(
                List.of(new Stays.Stay(8, 0, at(1_500_000), at(1_500_400), at(1_500_410), 40, 0)));
        final String burst = join.rest().getFirst();
        assertTrue(burst.contains("stayed 410.0 µs: its arrival is not stamped, "), burst);
        assertTrue(burst.endsWith("that second: burst: its turn took 40 orders"), burst);
    }

    @Test
    void shouldLeaveOutWhatWasSentBeforeItBegan() {
        final StayJoin join = new StayJoin(BEGAN);
        join.onStays(List.of(stay(7, -900, -300, -200)));
        join.onLook(BEGAN + SECOND, List.of());
        assertEquals(List.of(), join.rest());
    }
}
