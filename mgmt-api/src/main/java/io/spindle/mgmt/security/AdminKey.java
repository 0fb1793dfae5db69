package io.spindle.mgmt.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/** The first key: made on the first start, readable by the file's owner only. */
public final class AdminKey {
    private static final int KEY_BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private AdminKey() {}

    /** Reads the key, or makes it; refuses a file that others may read. */
    public static String readOrCreate(final Path file) throws IOException {
        if (!Files.exists(file)) {
            create(file);
        }
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(file + " can be read by others; chmod 600 it or delete it");
        }
        return Files.readString(file).strip();
    }

    private static void create(final Path file) throws IOException {
        final byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        final Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.writeString(
                fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(key) + "\n");
        Files.move(fresh, file);
    }
}
