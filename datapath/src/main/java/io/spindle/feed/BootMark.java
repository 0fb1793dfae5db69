package io.spindle.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.spindle.log.RingOwner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a session's file in a folder was begun on this boot. A power cut may leave out any of its
 * pages, and may take from the log what the file has: on another boot the file is begun anew.
 *
 * <p>{@code boot}, beside the files, names the boot and the newest session that was begun on it.
 *
 * <p><i>Called from</i> the feed process's thread.
 */
final class BootMark {
    private final Path file;
    private final String sessionId;

    BootMark(final Path folder, final String sessionId) {
        this.file = folder.resolve("boot");
        this.sessionId = sessionId;
    }

    boolean isOfThisBoot() throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        final String[] known = Files.readString(file, ISO_8859_1).strip().split(" ");
        return known.length == 2
                && known[0].equals(RingOwner.thisBoot().toString())
                && known[1].compareTo(sessionId) >= 0;
    }

    /** To be called once the file is empty: who dies before that finds it of another boot again. */
    void write() throws IOException {
        Files.writeString(file, RingOwner.thisBoot() + " " + sessionId + "\n");
    }
}
