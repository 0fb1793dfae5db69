package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.codec.SessionId;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

class ContractNotesTest {
    @TempDir Path folder;

    @Test
    void shouldWriteOneRowForEachLegOfATrade() throws IOException {
        try (ContractNotes notes = new ContractNotes(folder)) {
            trade(notes, 1);
        }

        assertEquals(
                List.of(
                        ContractNotes.HEADING,
                        "1,2026-11-20T09:30:00.000009000Z,1,SPDL,S,60,10.0000,USD,ACCOUNT,TEST,"
                                + "TEST00,1,A,trade",
                        "2,2026-11-20T09:30:00.000009000Z,1,SPDL,B,60,10.0000,USD,ACCOUNT,TEST,"
                                + "TEST00,2,R,trade"),
                rows());
    }

    @Test
    void shouldReverseWhatIsCorrectedOrTakenBack() throws IOException {
        try (ContractNotes notes = new ContractNotes(folder)) {
            trade(notes, 1).correct(1, 100_500).bust(2);
        }

        assertEquals(
                List.of(
                        "3,2026-11-20T09:30:00.000010000Z,1,SPDL,S,-60,10.0000,USD,ACCOUNT,TEST,"
                                + "TEST00,1,A,bust",
                        "4,2026-11-20T09:30:00.000010000Z,1,SPDL,B,-60,10.0000,USD,ACCOUNT,TEST,"
                                + "TEST00,2,R,bust",
                        "5,2026-11-20T09:30:00.000010000Z,2,SPDL,S,60,10.0500,USD,ACCOUNT,TEST,"
                                + "TEST00,1,A,correction",
                        "6,2026-11-20T09:30:00.000010000Z,2,SPDL,B,60,10.0500,USD,ACCOUNT,TEST,"
                                + "TEST00,2,R,correction",
                        "7,2026-11-20T09:30:00.000011000Z,2,SPDL,S,-60,10.0500,USD,ACCOUNT,TEST,"
                                + "TEST00,1,A,bust",
                        "8,2026-11-20T09:30:00.000011000Z,2,SPDL,B,-60,10.0500,USD,ACCOUNT,TEST,"
                                + "TEST00,2,R,bust"),
                rows().subList(3, rows().size()));
    }

    @Test
    void shouldReverseATradeOfYesterdayInTheFileOfToday() throws IOException {
        try (ContractNotes notes = new ContractNotes(folder)) {
            trade(notes, 1).day(TestMarket.DATE + 1, 0).bust(1);
        }

        assertEquals(3, rows().size());
        assertEquals(
                List.of(
                        ContractNotes.HEADING,
                        "1,2026-11-20T09:30:00.000011000Z,1,SPDL,S,-60,10.0000,USD,ACCOUNT,TEST,"
                                + "TEST00,1,A,bust",
                        "2,2026-11-20T09:30:00.000011000Z,1,SPDL,B,-60,10.0000,USD,ACCOUNT,TEST,"
                                + "TEST00,2,R,bust"),
                Files.readAllLines(folder.resolve("SP26112100.csv")));
    }

    @Test
    void shouldGoOnBehindTheLastWholeRowAfterARestart() throws IOException {
        try (ContractNotes notes = new ContractNotes(folder)) {
            trade(notes, 3);
        }
        final List<String> whole = rows();
        Files.writeString(file(), "7,2026-11-2", StandardOpenOption.APPEND);
        try (ContractNotes again = new ContractNotes(folder)) {
            trade(again, 5);
            again.flush();
            assertEquals(1 + 2 * 5, rows().size());
        }

        assertEquals(whole, rows().subList(0, whole.size()));
    }

    @Test
    void shouldWriteAFileOfAnotherVersionAnew() throws IOException {
        try (ContractNotes before = new ContractNotes(folder)) {
            trade(before, 1);
        }
        Files.writeString(file(), "sequence,time\n1,2026-11-20T09:30:00.000009000Z\n");
        try (ContractNotes notes = new ContractNotes(folder)) {
            trade(notes, 1);
        }

        assertEquals(3, rows().size());
        assertEquals(ContractNotes.HEADING, rows().getFirst());
    }

    /** A power cut may take the end of the log, and with it trades whose rows are on the disk. */
    @Test
    void shouldBeWrittenAnewOnAnotherBoot() throws IOException {
        try (ContractNotes notes = new ContractNotes(folder)) {
            trade(notes, 3);
        }
        final List<String> whole = rows();
        Files.writeString(folder.resolve("boot"), UUID.randomUUID() + " SP26112000\n");
        try (ContractNotes again = new ContractNotes(folder)) {
            trade(again, 2);
        }

        assertEquals(whole.subList(0, 1 + 2 * 2), rows());
    }

    /** Also on the boot that wrote an earlier day. */
    @Test
    void shouldWriteADayAnewThatTheBootHasNotBegun() throws IOException {
        try (ContractNotes notes = new ContractNotes(folder)) {
            trade(notes, 1);
        }
        final Path next = folder.resolve("SP26112100.csv");
        Files.writeString(next, ContractNotes.HEADING + "\n1,lost\n");
        try (ContractNotes again = new ContractNotes(folder)) {
            trade(again, 1).day(TestMarket.DATE + 1, 0);
        }

        assertEquals(List.of(ContractNotes.HEADING), Files.readAllLines(next));
        assertEquals(3, rows().size());
    }

    @Test
    void shouldGoOnInAFileThatNoArrayHolds() throws IOException {
        try (ContractNotes notes = new ContractNotes(folder)) {
            trade(notes, 1);
        }
        final List<String> whole = rows();
        try (RandomAccessFile sparse = new RandomAccessFile(file().toFile(), "rw")) {
            sparse.setLength(1L << 31);
        }
        try (ContractNotes again = new ContractNotes(folder)) {
            trade(again, 1);
        }

        assertEquals(whole, rows());
    }

    /** Replays a day of so many trades into the adapter, as a restarted feed process does. */
    private static TestMarket trade(final ContractNotes notes, final int trades) {
        final TradeFeed feed = new TradeFeed(notes);
        final TradingEngine engine =
                new TradingEngine(
                        EngineConfig.small(),
                        feed,
                        new NoEvents(),
                        new NoEvents() {
                            @Override
                            public void onDayStart(final int date, final int epoch) {
                                feed.startDay(
                                        SessionId.text(
                                                SessionId.head(date), SessionId.tail(epoch)));
                            }
                        });
        feed.attach(engine);
        final TestMarket market = new TestMarket(engine::apply).open("SPDL");
        for (int i = 0; i < trades; i++) {
            market.order('S', 60, "SPDL", 100_000);
            market.order('B', 60, "SPDL", 100_000);
        }
        return market;
    }

    private Path file() {
        return folder.resolve("SP26112000.csv");
    }

    private List<String> rows() throws IOException {
        return Files.readAllLines(file());
    }
}
