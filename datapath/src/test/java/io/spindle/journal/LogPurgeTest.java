package io.spindle.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.LogDamaged;
import io.spindle.testing.Await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** The beginning of a log taken away: what is left is whole, whenever the purge dies. */
@Timeout(120)
class LogPurgeTest {
    private static final int COMMANDS = 12_000;
    private static final long BEHIND = 9_000;

    @TempDir Path path;
    private LogFixture log;

    @BeforeEach
    void recordSeveralFiles() throws IOException {
        log = new LogFixture(path.resolve("data"));
        log.startMedia();
        log.append(COMMANDS);
        log.awaitRecorded();
        assertTrue(purge().files().size() >= 3, () -> "files: " + files());
    }

    @AfterEach
    void close() {
        log.close();
    }

    private LogPurge purge() throws IOException {
        return LogPurge.before(log.folder, BEHIND);
    }

    private List<Path> files() {
        try {
            return Segment.list(log.folder.archive()).stream().map(Segment::file).toList();
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private void isWholeFrom(final long first) throws IOException {
        final LogStart start = LogStart.of(log.folder.archive());
        assertEquals(first, start.sequence());
        assertEquals(log.ring.lastSequence(), log.readBack(BEHIND));
        final LogDamaged refusal = assertThrows(LogDamaged.class, () -> log.readBack(0));
        assertTrue(refusal.getMessage().contains("was purged"), refusal.getMessage());
        assertEquals(Optional.empty(), ChainCheck.of(log.folder.archive()).failure());
    }

    private void goesOn() throws IOException {
        log.startMedia();
        log.append(2_000);
        log.awaitRecorded();
        log.stopMedia();
    }

    @Test
    void besideALiveArchiveWholeFilesGoAndTheLogGoesOn() throws IOException {
        final long first = purge().firstKept();
        assertTrue(first <= BEHIND + 1 && first > BEHIND / 2, "first=" + first);
        purge().run(Optional.empty());
        isWholeFrom(first);
        log.append(2_000);
        log.awaitRecorded();
        log.stopMedia();
        goesOn();
        isWholeFrom(first);
        assertEquals(List.of(), purge().files());
    }

    @Test
    void withNothingRunningFilesMoveAwayAndAreTheLogAgainWhenTheyComeBack() throws IOException {
        log.stopMedia();
        final long first = purge().firstKept();
        final List<Path> gone = purge().files();
        final Path away = path.resolve("away");
        purge().run(Optional.of(away));
        isWholeFrom(first);
        goesOn();
        isWholeFrom(first);
        final Path theirs = away.resolve(log.folder.logId().toString());
        for (final Path file : gone) {
            Files.move(theirs.resolve(file.getFileName()), file);
        }
        assertFalse(LogStart.of(log.folder.archive()).isPurged());
        assertEquals(log.ring.lastSequence(), log.readBack(0));
    }

    @Test
    void whateverADeadPurgeLeftIsWholeAndTheNextOneGoesOn() throws IOException {
        log.stopMedia();
        final LogPurge purge = purge();
        final long first = purge.firstKept();
        final long position =
                Segment.list(log.folder.archive()).get(purge.files().size()).basePosition();
        new ArchiveCatalog(log.folder.archive()).startPosition(position);
        for (final Path file : purge.files()) {
            assertEquals(log.ring.lastSequence(), log.readBack(BEHIND));
            goesOn();
            Files.delete(file);
        }
        isWholeFrom(first);

        final LogPurge more = LogPurge.before(log.folder, log.ring.lastSequence());
        assertTrue(more.files().size() >= 2);
        new ArchiveCatalog(log.folder.archive())
                .startPosition(
                        Segment.list(log.folder.archive()).get(more.files().size()).basePosition());
        Files.delete(more.files().getFirst());
        LogPurge.before(log.folder, log.ring.lastSequence()).run(Optional.empty());
        assertEquals(1, files().size());
        goesOn();
    }

    @Test
    void whatLiesThereOfAnotherLogStays() throws IOException {
        log.stopMedia();
        final List<Path> before = files();
        assertThrows(
                IOException.class, () -> purge().run(Optional.of(log.folder.archive())), "itself");
        final Path there =
                path.resolve("away/" + log.folder.logId()).resolve(before.get(1).getFileName());
        Files.createDirectories(there.getParent());
        Files.writeString(there, "another's");
        final Optional<Path> away = Optional.of(path.resolve("away"));
        assertThrows(FileAlreadyExistsException.class, () -> purge().run(away));
        assertEquals(before, files());
        assertFalse(LogStart.of(log.folder.archive()).isPurged());
        assertEquals("another's", Files.readString(there));
        Files.copy(before.get(1), there, StandardCopyOption.REPLACE_EXISTING);
        purge().run(away);
        isWholeFrom(LogStart.of(log.folder.archive()).sequence());
    }

    /** The catalog's word was lost, all the files are gone: the same command says it again. */
    @Test
    void aPurgeWhoseWordWasLostIsDoneAgainAndMissingFilesAreNone() throws IOException {
        log.stopMedia();
        final long first = purge().firstKept();
        purge().run(Optional.empty());
        new ArchiveCatalog(log.folder.archive()).startPosition(0);
        assertFalse(LogStart.of(log.folder.archive()).isPurged());
        assertFalse(purge().isDone());
        assertThrows(LogDamaged.class, () -> LogPurge.before(log.folder, 1).run(Optional.empty()));
        purge().run(Optional.empty());
        assertTrue(purge().isDone());
        isWholeFrom(first);
    }

    @Test
    void aRequestThatCannotBeReadEndsNothing() throws IOException {
        final Path request = log.folder.run().resolve("purge");
        Files.createFile(request);
        Await.until(() -> !Files.exists(request), "the request taken away");
        log.append(2_000);
        log.awaitRecorded();
        assertFalse(LogStart.of(log.folder.archive()).isPurged());
        log.stopMedia();
    }

    @Test
    void aFirstFileThatIsMissingWithoutAPurgeIsDamage() throws IOException {
        log.stopMedia();
        Files.delete(files().getFirst());
        assertFalse(LogStart.of(log.folder.archive()).isPurged());
        final LogDamaged refusal = assertThrows(LogDamaged.class, () -> log.readBack(0));
        assertFalse(refusal.getMessage().contains("purged"), refusal.getMessage());
    }

    @Test
    void besideSomebodyWhoHoldsTheFolderWithoutMediaNothingGoes() throws IOException {
        log.stopMedia();
        final List<Path> before = files();
        try (FileChannel standby = log.folder.tryLock()) {
            assertTrue(standby.isOpen());
            assertThrows(IllegalStateException.class, () -> purge().run(Optional.empty()));
        }
        assertEquals(before, files());
        assertFalse(LogStart.of(log.folder.archive()).isPurged());
    }
}
