package io.spindle.perf.lobster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A made-up market of two levels: ask price, ask size, bid price, bid size. */
class LobsterOracleTest {
    private static final String NONE_ASKED = "9999999999,0";
    private static final String NONE_BID = "-9999999999,0";

    @TempDir private Path folder;

    private final List<String> messages = new ArrayList<>();
    private final List<String> books = new ArrayList<>();

    @Test
    void shouldFollowAdditionsReductionsDeletionsAndExecutions() throws IOException {
        event("1,1,10,100,1", "110,100,100,10", NONE_ASKED, NONE_BID);
        event("1,2,20,100,1", "110,100,100,30", NONE_ASKED, NONE_BID);
        event("1,3,5,90,1", "110,100,100,30", NONE_ASKED + ",90,5");
        event("2,2,8,100,1", "110,100,100,22", NONE_ASKED + ",90,5");
        event("4,1,10,100,1", "110,100,100,12", NONE_ASKED + ",90,5");
        event("3,2,12,100,1", "110,100,90,5", NONE_ASKED, NONE_BID);
        event("5,0,7,105,1", "110,100,90,5", NONE_ASKED, NONE_BID);
        assertEquals("rows=6 top1=100.00% top5=- top10=- named=100.00% (1/1)", line());
    }

    @Test
    void shouldTakeLevelsThatComeIntoViewFromTheFileAndForgetThoseThatLeave() throws IOException {
        event("1,1,10,100,1", "110,1,100,10", "120,2,90,20");
        event("1,2,30,105,1", "110,1,105,30", "120,2,100,10");
        event("3,2,30,105,1", "110,1,100,10", "120,2,90,25");
        event("3,77,25,90,1", "110,1,100,10", "120,2,80,4");
        assertEquals("rows=3 top1=100.00% top5=- top10=- named=100.00% (0/0)", line());
    }

    @Test
    void shouldGoOnAfterTheRecordedMarketSkippedTheHeadOfItsQueue() throws IOException {
        event("1,1,10,100,1", "110,100,100,10", NONE_ASKED, NONE_BID);
        event("1,2,10,100,1", "110,100,100,20", NONE_ASKED, NONE_BID);
        event("1,3,10,100,1", "110,100,100,30", NONE_ASKED, NONE_BID);
        event("4,3,10,100,1", "110,100,100,20", NONE_ASKED, NONE_BID);
        event("4,2,10,100,1", "110,100,100,10", NONE_ASKED, NONE_BID);
        event("3,1,10,100,1", "110,100," + NONE_BID, NONE_ASKED, NONE_BID);
        assertEquals("rows=5 top1=100.00% top5=- top10=- named=50.00% (1/2)", line());
    }

    @Test
    void shouldStartAgainAfterACross() throws IOException {
        event("1,1,10,100,1", "110,100,100,10", NONE_ASKED, NONE_BID);
        event("6,-1,50,105,-1", "120,7,90,3", NONE_ASKED, NONE_BID);
        event("7,0,0,-1,-1", "120,7,90,3", NONE_ASKED, NONE_BID);
        event("4,99,7,120,-1", NONE_ASKED + ",90,3", NONE_ASKED, NONE_BID);
        assertEquals("rows=3 top1=100.00% top5=- top10=- named=100.00% (1/1)", line());
    }

    @Test
    void shouldShowBothBooksAtTheFirstDifference() throws IOException {
        event("1,1,10,100,1", "110,100,100,10", NONE_ASKED, NONE_BID);
        event("1,2,20,100,1", "110,100,100,31", NONE_ASKED, NONE_BID);
        final ReplayResult result = replay();
        assertTrue(result.line().startsWith("rows=1 top1=0.00%"), result.line());
        final String difference = result.firstDifference().orElseThrow();
        assertTrue(difference.contains("recorded:\n        31       1.0000 |"), difference);
        assertTrue(difference.contains("own:\n        30       1.0000 |"), difference);
    }

    @Test
    void shouldRefuseFilesOfDifferentLength() throws IOException {
        event("1,1,10,100,1", "110,100,100,10", NONE_ASKED, NONE_BID);
        messages.add("34200.5,1,2,10,100,1");
        assertThrows(IOException.class, this::replay);
    }

    @Test
    void shouldRefuseAnEmptyRecording() {
        assertThrows(IOException.class, this::replay);
    }

    /** Book prices and sizes are given by level; a level is "ask,size,bid,size". */
    private void event(final String message, final String... levels) {
        messages.add("34200.123456789," + scaled(message));
        final String row = String.join(",", levels);
        books.add(scaledBook(row));
    }

    /** Prices are written in ticks of one cent. */
    private static String scaled(final String message) {
        final String[] cells = message.split(",");
        cells[3] = cells[3] + "00";
        return String.join(",", cells);
    }

    private static String scaledBook(final String row) {
        final String[] cells = row.split(",");
        for (int i = 0; i < cells.length; i += 2) {
            if (!cells[i + 1].equals("0")) {
                cells[i] = cells[i] + "00";
            }
        }
        return String.join(",", cells);
    }

    private String line() throws IOException {
        final ReplayResult result = replay();
        assertEquals("", result.firstDifference().orElse(""));
        return result.line();
    }

    private ReplayResult replay() throws IOException {
        final Path messageFile = Files.write(folder.resolve("a_message_2.csv"), messages);
        final Path bookFile = Files.write(folder.resolve("a_orderbook_2.csv"), books);
        try (LobsterFiles files = new LobsterFiles(messageFile, bookFile);
                ReplayVenue venue = new EngineVenue()) {
            return LobsterReplay.replay(files, venue, 2, message -> {});
        }
    }
}
