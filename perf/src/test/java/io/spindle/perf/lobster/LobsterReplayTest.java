package io.spindle.perf.lobster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.perf.FlowData;
import io.spindle.perf.ReplayCommand;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

class LobsterReplayTest {
    private final StringWriter output = new StringWriter();

    @Test
    void shouldReproduceEveryRowOfATradingDay() {
        final Path day = FlowData.file("lobster/LOBSTER_SampleFile_AMZN_2012-06-21_5.zip");
        assertEquals(0, replay(day, day, 5), output::toString);
        assertLine("rows=155934 top1=100.00% top5=100.00% top10=- named=");
        assertTrue(namedPercent() >= 99.6, output::toString);
    }

    @Test
    void shouldReproduceTenLevelsAndEveryNamedOrder() {
        final String stem = "lobster/AAPL_2012-06-21_34200000_57600000_";
        final Path messages = FlowData.file(stem + "message_10.csv");
        final Path books = FlowData.file(stem + "orderbook_10.csv");
        assertEquals(0, replay(messages, books, 10), output::toString);
        assertLine("rows=998 top1=100.00% top5=100.00% top10=100.00% named=100.00% (98/98)");
    }

    private int replay(final Path messages, final Path books, final int levels) {
        return new CommandLine(new ReplayCommand())
                .setOut(new PrintWriter(output, true))
                .execute(
                        "lobster",
                        messages.toString(),
                        books.toString(),
                        "--levels",
                        Integer.toString(levels));
    }

    private void assertLine(final String start) {
        assertTrue(output.toString().startsWith(start), output::toString);
    }

    private double namedPercent() {
        final String text = output.toString();
        final int start = text.indexOf("named=") + "named=".length();
        return Double.parseDouble(text.substring(start, text.indexOf('%', start)));
    }
}
