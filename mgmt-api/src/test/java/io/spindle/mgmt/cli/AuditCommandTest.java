package io.spindle.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.audit.AuditLog;
import io.spindle.mgmt.audit.AuditRecord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class AuditCommandTest {
    @TempDir private Path data;
    private final StringWriter out = new StringWriter();

    @Test
    void shouldVerifyTheChainOfADataFolder() throws IOException {
        assertEquals(0, verify(), "nothing was asked yet");
        final Path file = new DataFolder(data).audit();
        final String head;
        try (AuditLog log = AuditLog.open(file)) {
            log.append(record());
            log.append(record());
            head = log.head().toString();
        }
        assertEquals(0, verify("--head", head));
        assertTrue(out.toString().contains("head        2:"), out.toString());
        assertEquals(1, verify("--head", "9:00"));
        Files.writeString(file, Files.readString(file).replace("anna", "bert"));
        assertEquals(1, verify());
        assertTrue(out.toString().contains("record 1 was changed"), out.toString());
        assertEquals(2, execute("audit"));
    }

    private static AuditRecord record() {
        return new AuditRecord(
                "2026-01-01T00:00:00Z",
                "asked",
                "1",
                "anna",
                "127.0.0.1",
                "POST",
                "/v1/owners",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private int verify(final String... more) {
        final List<String> words = new ArrayList<>(List.of("audit", "verify", "--data", "" + data));
        words.addAll(List.of(more));
        return execute(words.toArray(String[]::new));
    }

    private int execute(final String... words) {
        return SpindleMain.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(words);
    }
}
