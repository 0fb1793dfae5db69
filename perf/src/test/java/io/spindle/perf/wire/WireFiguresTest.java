package io.spindle.perf.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.TickEncoder;

import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What becomes of the figures of a wire measurement once they are there. */
class WireFiguresTest {
    @TempDir Path folder;

    private final ExpandableArrayBuffer command = new ExpandableArrayBuffer();
    private long sequence;

    private static Percentiles around(final long p50) {
        return new Percentiles(100, p50 - 1_000, p50, p50, 2 * p50, p50, p50, p50);
    }

    @Test
    void shouldGoOnWithTheRoundsOfEarlierRuns() throws IOException {
        final Path file = folder.resolve("rounds.tsv");
        final RoundsFile rounds = new RoundsFile(file);
        final List<Contestant> first =
                List.of(
                        Contestant.of("c-afxdp", "echo", List.of()),
                        Contestant.of("spindle-afxdp", "order", List.of()));
        rounds.read(first);
        first.forEach(contestant -> contestant.rounds().add(around(5_000)));
        rounds.append(first);
        final List<Contestant> second =
                List.of(
                        Contestant.of("c-afxdp", "echo", List.of()),
                        Contestant.of("spindle-afxdp", "order", List.of()));
        rounds.read(second);
        assertEquals(first, second);
        new RoundsFile(null).append(second);
        assertEquals(2, Files.readAllLines(file).size());
    }

    @Test
    void shouldCompareOursWithEachReferenceRoundByRound() {
        final List<Contestant> contestants =
                List.of(
                        Contestant.of("c-afxdp", "echo", List.of()),
                        Contestant.of("c-socket", "echo", List.of()),
                        Contestant.of("spindle-afxdp", "order", List.of()));
        for (int i = 0; i < 3; i++) {
            contestants.get(0).rounds().add(around(5_000));
            contestants.get(1).rounds().add(around(10_000));
            contestants.get(2).rounds().add(around(6_000));
        }
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        final PrintStream before = System.out;
        try {
            System.setOut(new PrintStream(printed, true));
            WireTable.print(contestants);
        } finally {
            System.setOut(before);
        }
        assertTrue(
                printed.toString().contains("spindle-afxdp / c-afxdp: minima 1.25, p50 1.20"),
                printed::toString);
        assertTrue(
                printed.toString().contains("spindle-afxdp / c-socket: minima 0.56, p50 0.60"),
                printed::toString);
    }

    @Test
    void shouldCountEachNumberOfALogOnceFromTheGivenOneOn() {
        final LoggedOrders orders = new LoggedOrders(3);
        for (int number = 1; number <= 5; number++) {
            orders.onCommand(++sequence, 1_000L * number, command, 0, enter(number));
        }
        final int length = MessageHeaderEncoder.ENCODED_LENGTH;
        new TickEncoder().wrapAndApplyHeader(command, 0, new MessageHeaderEncoder());
        orders.onCommand(++sequence, 9_000, command, 0, length);
        assertEquals("orders=3 elapsedNs=2000", orders.toString());
        assertThrows(
                IllegalStateException.class,
                () -> orders.onCommand(++sequence, 9_000, command, 0, enter(5)));
    }

    private int enter(final int number) {
        final EnterOrderEncoder enter = new EnterOrderEncoder();
        enter.wrapAndApplyHeader(command, 0, new MessageHeaderEncoder()).userRefNum(number);
        return MessageHeaderEncoder.ENCODED_LENGTH + enter.encodedLength();
    }

    @Test
    void shouldMeasureBothWaysIntoNativeCode() throws IOException {
        final boolean possible = Files.isExecutable(Path.of("/usr/bin/gcc"));
        if (!possible) {
            System.out.println("WireFiguresTest: crossings skipped, they need /usr/bin/gcc");
        }
        assumeTrue(possible);
        final String measured = Crossings.measure(new CSources(folder, folder).library("crossing"));
        assertTrue(measured.matches(".*JNI [\\d.]+, FFM [\\d.]+, .*errno [\\d.]+"), measured);
    }
}
