package io.spindle.log;

import io.spindle.nic.Cold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Whose memory a ring is.
 *
 * @param boot the kernel's number for this boot: memory of another boot is gone, and with it
 *     whatever was not recorded
 * @param log the data folder's own number: a ring left by a folder that was deleted means nothing
 *     to one made later at the same path
 */
@Cold
public record RingOwner(UUID boot, UUID log) {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    public static RingOwner of(final DataFolder folder) throws IOException {
        return new RingOwner(thisBoot(), folder.logId());
    }

    /** The kernel's number for this boot. */
    public static UUID thisBoot() throws IOException {
        return UUID.fromString(Files.readString(BOOT_ID).strip());
    }
}
