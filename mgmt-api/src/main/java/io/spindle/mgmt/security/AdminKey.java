package io.spindle.mgmt.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The first key: made on the first start, readable by the file's owner only. */
public final class AdminKey {
    /** Whose key it is. */
    public static final String NAME = "admin";

    private AdminKey() {}

    /** May do everything, for all firms. */
    public static Principal principal() {
        return new Principal(NAME, Set.of(Role.ADMIN), Set.of());
    }

    /** Reads the key, or makes it; refuses a file that others may read. */
    public static String readOrCreate(final Path file) throws IOException {
        if (!Files.exists(file)) {
            SecretFile.replace(file, SecretFile.randomKey() + "\n");
        }
        SecretFile.check(file);
        return Files.readString(file).strip();
    }
}
