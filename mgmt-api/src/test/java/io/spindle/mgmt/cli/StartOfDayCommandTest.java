package io.spindle.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.supervisor.RunFolder;
import io.spindle.mgmt.testing.ApiOnMarket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The morning from the command line, against a real API. */
@Timeout(120)
class StartOfDayCommandTest {
    @TempDir Path data;
    private final ApiOnMarket api = new ApiOnMarket();
    private final StringWriter out = new StringWriter();

    @BeforeEach
    void describe() throws IOException {
        Files.writeString(data.resolve("admin.key"), Role.ADMIN.name() + "\n");
        Files.createDirectories(data.resolve("run"));
        RunFolder.of(data).describe(Map.of("--api", "127.0.0.1:" + api.port()));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private int run(final String... arguments) {
        out.getBuffer().setLength(0);
        final List<String> all = new ArrayList<>(List.of("start-of-day"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        return SpindleMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void shouldDriveAWholeMorning() throws IOException {
        final Path cash = data.resolve("cash.csv");
        Files.writeString(
                cash,
                """
                HEADER,cash,BANK1,2026-11-21
                account,currency,balance
                TEST00,USD,5
                NOBODY,USD,1
                TRAILER,2,USD=6
                """);
        assertEquals(0, run(), out.toString());
        assertTrue(out.toString().contains("market open"), out.toString());
        assertEquals(0, run("gate", "on"), out.toString());
        assertEquals(0, run("open", "2026-11-21", "--expect", "cash.BANK1"), out.toString());
        assertTrue(out.toString().contains("market CLOSED"), out.toString());
        assertTrue(out.toString().contains("missing"), out.toString());
        assertEquals(0, run("load", "--validate", cash.toString()), out.toString());
        assertTrue(out.toString().contains("nothing changed"), out.toString());
        assertEquals(0, run("load", cash.toString()), out.toString());
        assertTrue(out.toString().contains("line 4, NOBODY/USD: unknown account"), out.toString());
        assertEquals(1, run("sign-off", "--reason", "checked"), out.toString());
        assertEquals(
                0, run("sign-off", "--reason", "checked", "--accept-quarantine"), out.toString());
        assertTrue(out.toString().contains("market open"), out.toString());
    }

    @Test
    void shouldSayThatTheGateStaysUntilASecondPersonAgrees() {
        assertEquals(0, run("gate", "on"), out.toString());
        api.market.secondPerson = true;
        assertEquals(0, run("gate", "off"), out.toString());
        assertTrue(out.toString().contains("days begin closed"), out.toString());
        assertTrue(out.toString().contains("for a second person: /v1/proposals/"), out.toString());
    }

    @Test
    void shouldNameFileLineAndField() throws IOException {
        final Path bad = data.resolve("bad.csv");
        Files.writeString(bad, "HEADER,cash,BANK1,2026-11-21\naccount,currency,balance\nA,USD,x\n");
        assertEquals(1, run("load", "--validate", bad.toString()));
        assertTrue(out.toString().contains("bad.csv:3:balance: not a plain"), out.toString());
        assertEquals(1, run("load", data.resolve("absent.csv").toString()));
    }

    @Test
    void shouldSayThatNothingRuns() throws IOException {
        Files.delete(data.resolve("admin.key"));
        assertEquals(1, run());
        assertTrue(out.toString().contains("no appliance"), out.toString());
    }
}
