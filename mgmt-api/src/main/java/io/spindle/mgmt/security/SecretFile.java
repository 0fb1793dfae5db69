package io.spindle.mgmt.security;

import io.spindle.log.DurableFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/** Files that only their owner may read or write, and the random keys that lie in them. */
public final class SecretFile {
    private static final int KEY_BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private SecretFile() {}

    /** Refuses a file that others may read or write. */
    public static void check(final Path file) throws IOException {
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(file + " can be read by others; chmod 600 it or delete it");
        }
    }

    /**
     * Puts the text in the file's place, all or nothing even if the power fails; nobody else could
     * open it at any moment.
     */
    public static void replace(final Path file, final String text) throws IOException {
        DurableFile.write(
                file,
                text.getBytes(StandardCharsets.UTF_8),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }

    /** 256 random bits, as text that fits a header. */
    static String randomKey() {
        final byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }
}
