package io.spindle.mgmt.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

class AuditLogTest {
    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("audit.log");
        write(5);
    }

    private void write(final int count) throws IOException {
        try (AuditLog log = AuditLog.open(file)) {
            for (int i = 0; i < count; i++) {
                log.append(record(i));
            }
        }
    }

    private static AuditRecord record(final int number) {
        return new AuditRecord(
                "2026-01-01T00:00:00Z",
                "answered",
                "call " + number,
                "anna",
                "127.0.0.1",
                "POST",
                "/v1/owners",
                "{\"firm\":\"NÖ\"}",
                201,
                null,
                (long) number,
                null,
                null,
                null,
                null);
    }

    private static AuditRecord sent(final String caller, final String... commands) {
        return new AuditRecord(
                "2026-01-01T00:00:00Z",
                "answered",
                "call of " + caller,
                caller,
                "127.0.0.1",
                "POST",
                "/v1/balances",
                null,
                201,
                null,
                null,
                List.of(commands),
                null,
                null,
                null);
    }

    private static String author(final AuditLog log, final String command) {
        return log.authors().find(command).map(CommandAuthors.Author::caller).orElse("unknown");
    }

    @Test
    void shouldKnowTheAuthorsOfTheNewestCommandsOverRestarts() throws IOException {
        try (AuditLog log = AuditLog.open(file, 2)) {
            log.append(sent("anna", "1", "2"));
            assertEquals("anna", author(log, "1"));
            assertEquals(Instant.MIN, log.authors().forgotten());
            log.append(sent("bert", "3"));
            assertEquals("unknown", author(log, "1"));
            assertEquals("anna", author(log, "2"));
            assertEquals("bert", author(log, "3"));
            assertEquals(Instant.parse("2026-01-01T00:00:00Z"), log.authors().forgotten());
        }
        try (AuditLog log = AuditLog.open(file, 2)) {
            assertEquals("unknown", author(log, "1"));
            assertEquals("anna", author(log, "2"));
        }
    }

    @Test
    void shouldNameNobodyForWhatSeveralHaveSent() throws IOException {
        try (AuditLog log = AuditLog.open(file)) {
            log.append(sent("anna", "1"));
            log.append(sent("anna", "1"));
            assertEquals("anna", author(log, "1"));
            log.append(sent("bert", "1"));
            log.append(sent("bert", "1"));
            assertEquals("unknown", author(log, "1"));
            assertTrue(log.authors().find("1").isPresent());
        }
    }

    @Test
    void shouldKeepOneChainWhenManyWriteAtOnce() throws Exception {
        final List<Future<?>> writers = new ArrayList<>();
        try (AuditLog log = AuditLog.open(file);
                ExecutorService pool = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 200; i++) {
                final AuditRecord record = record(i);
                writers.add(
                        pool.submit(
                                () -> {
                                    log.append(record);
                                    return null;
                                }));
            }
            for (final Future<?> writer : writers) {
                writer.get(1, TimeUnit.MINUTES);
            }
        }
        final AuditChain.Finding finding = AuditChain.verify(file, null);
        assertTrue(finding.isIntact(), finding.fault());
        assertEquals(205, finding.head().number());
    }

    @Test
    void shouldGoOnWithTheChainOverRestarts() throws IOException {
        write(3);
        final AuditChain.Finding finding = AuditChain.verify(file, null);
        assertTrue(finding.isIntact(), finding.fault());
        assertEquals(8, finding.head().number());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        final List<Long> numbers = new ArrayList<>();
        AuditChain.read(file, (number, json) -> numbers.add(number));
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L), numbers);
    }

    @Test
    void shouldShowEveryChangeToEveryRecord() throws IOException {
        final List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            final List<String> changed = new ArrayList<>(lines);
            changed.set(i, lines.get(i).replace("anna", "bert"));
            assertBroken(changed, i);
            changed.set(i, lines.get(i).replace("\"status\":201", "\"status\":403"));
            assertBroken(changed, i);
            if (i < lines.size() - 1) {
                changed.remove(i);
                assertBroken(changed, i);
            }
        }
    }

    private void assertBroken(final List<String> lines, final int intact) throws IOException {
        Files.write(file, lines);
        final AuditChain.Finding finding = AuditChain.verify(file, null);
        assertFalse(finding.isIntact());
        assertEquals(intact, finding.head().number());
        try (AuditLog log = AuditLog.open(file)) {
            assertFalse(log.fault().isEmpty());
            assertThrows(IOException.class, () -> log.append(record(9)));
        }
    }

    @Test
    void shouldShowACutEndToWhoKeptAHead() throws IOException {
        final String head = AuditChain.verify(file, null).head().toString();
        write(1);
        assertTrue(AuditChain.verify(file, head).isIntact());
        Files.write(file, Files.readAllLines(file).subList(0, 4));
        assertTrue(AuditChain.verify(file, null).isIntact());
        assertFalse(AuditChain.verify(file, head).isIntact());
    }

    @Test
    void shouldDropALineThatACrashCutShort() throws IOException {
        Files.writeString(file, "6 abcdef {\"time\":", StandardOpenOption.APPEND);
        assertTrue(AuditChain.verify(file, null).isIntact(), "somebody may be writing it");
        write(1);
        final AuditChain.Finding finding = AuditChain.verify(file, null);
        assertTrue(finding.isIntact(), finding.fault());
        assertEquals(6, finding.head().number());
    }
}
