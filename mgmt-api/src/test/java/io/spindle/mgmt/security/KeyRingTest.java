package io.spindle.mgmt.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

class KeyRingTest {
    private static final Set<Role> VIEWER = Set.of(Role.VIEWER);

    @TempDir private Path folder;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private KeyRing open() throws IOException {
        return KeyRing.open(folder.resolve("keys"), () -> now);
    }

    @Test
    void shouldKnowAKeyOverRestartsAndKeepOnlyItsHash() throws IOException {
        final KeyRing.Issue issue =
                open().issue("anna", VIEWER, Set.of("TEST"), null, "root", true).orElseThrow();
        final Optional<Principal> found = open().authenticate(issue.key());
        assertEquals(new Principal("anna", VIEWER, Set.of("TEST")), found.orElseThrow());
        final Path file = folder.resolve("keys");
        assertFalse(Files.readString(file).contains(issue.key()));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void shouldNotKnowARevokedKeyAnyMore() throws IOException {
        final KeyRing ring = open();
        final KeyRing.Issue issue =
                ring.issue("anna", VIEWER, Set.of(), null, "root", true).orElseThrow();
        assertTrue(ring.authenticate(issue.key()).isPresent());
        assertEquals("anna", ring.revoke(issue.issued().id()).orElseThrow().name());
        assertTrue(ring.authenticate(issue.key()).isEmpty());
        assertTrue(open().authenticate(issue.key()).isEmpty());
        assertTrue(ring.revoke(issue.issued().id()).isEmpty());
    }

    @Test
    void shouldForgetAKeyWhenItsTimeIsUpAndGiveItsNameAgain() throws IOException {
        final KeyRing ring = open();
        final KeyRing.Issue issue =
                ring.issue("anna", VIEWER, Set.of(), now.plusSeconds(60), "root", true)
                        .orElseThrow();
        assertTrue(ring.issue("anna", VIEWER, Set.of(), null, "root", true).isEmpty(), "taken");
        now = now.plusSeconds(60);
        assertTrue(ring.authenticate(issue.key()).isEmpty());
        assertTrue(ring.list().isEmpty());
        assertTrue(ring.issue("anna", VIEWER, Set.of(), null, "root", true).isPresent());
    }

    @Test
    void shouldKnowForWhichFirmsSomebodyElseMayChangeThings() throws IOException {
        final KeyRing ring = open();
        final Set<String> all = Set.of();
        final Set<String> one = Set.of("TEST");
        ring.issue("eye", VIEWER, all, null, "root", true);
        final Set<Role> risk = Set.of(Role.RISK);
        final KeyRing.Issue waits =
                ring.issue("rita", risk, all, null, "root", false).orElseThrow();
        assertFalse(ring.hasSecondPerson(one), "one looks, one waits");
        ring.issue("omar", Set.of(Role.OPERATOR), one, null, "root", true);
        assertTrue(ring.hasSecondPerson(one));
        assertFalse(ring.hasSecondPerson(all));
        ring.activate(waits.issued().id());
        assertTrue(ring.hasSecondPerson(all));
        assertFalse(ring.hasSecondAdmin(one));
    }

    @Test
    void shouldRememberThatThereWasASecondPerson() throws IOException {
        final Set<String> one = Set.of("TEST");
        final Set<Role> admin = Set.of(Role.ADMIN);
        final KeyRing ring = open();
        ring.issue("eye", VIEWER, one, now.plusSeconds(60), "root", true);
        ring.issue("waits", admin, one, now.plusSeconds(60), "root", false);
        final KeyRing.Issue anna =
                ring.issue("anna", admin, one, now.plusSeconds(60), "root", true).orElseThrow();
        now = now.plusSeconds(60);
        assertTrue(ring.hasSecondAdmin(one), "its time is up");
        ring.issue("eye", VIEWER, one, null, "root", true);
        assertFalse(Files.readString(folder.resolve("keys")).contains(anna.issued().hash()));
        assertTrue(open().hasSecondAdmin(one));
        assertFalse(open().hasSecondAdmin(Set.of()));
        final KeyRing.Issue rita =
                ring.issue("rita", Set.of(Role.RISK), Set.of(), null, "root", true).orElseThrow();
        ring.revoke(rita.issued().id());
        now = now.minusSeconds(3_600);
        assertTrue(ring.authenticate(rita.key()).isEmpty(), "whatever the clock says");
        assertTrue(ring.authenticate(anna.key()).isEmpty(), "whatever the clock says");
        assertTrue(open().hasSecondPerson(Set.of()));
    }

    @Test
    void shouldRememberOneKeyOfEachReach() throws IOException {
        final KeyRing ring = open();
        for (int i = 0; i < 3; i++) {
            final KeyRing.Issue issue =
                    ring.issue("rita", Set.of(Role.RISK), Set.of(), null, "root", true)
                            .orElseThrow();
            ring.revoke(issue.issued().id());
        }
        assertEquals(2, Files.readString(folder.resolve("keys")).split("\"rita\"").length);
        assertTrue(ring.list().isEmpty());
    }

    @Test
    void shouldRefuseAFileThatOthersReadOrThatIsDamaged() throws IOException {
        open().issue("anna", VIEWER, Set.of(), null, "root", true);
        final Path file = folder.resolve("keys");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThrows(IOException.class, this::open);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, "[{");
        assertThrows(IOException.class, this::open);
    }
}
