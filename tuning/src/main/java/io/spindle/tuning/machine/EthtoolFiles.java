package io.spindle.tuning.machine;

import io.spindle.sys.Errno;
import io.spindle.sys.Ethtool;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Settings of cards that are in no file of the kernel's, as if they were: {@code
 * /ethtool/CARD/GROUP/NAME} is what {@link Ethtool} says of a card of this machine. A capture has
 * real files of these names.
 */
final class EthtoolFiles {
    static final String FOLDER = "/ethtool";

    /** Elements of a whole path, with the empty one in front of the first slash. */
    private static final int ELEMENTS = 5;

    private EthtoolFiles() {}

    static boolean holds(final String path) {
        return path.equals(FOLDER) || path.startsWith(FOLDER + "/");
    }

    /** True of what no card lets anybody write, though a file in a capture would. */
    static boolean isReadOnly(final String path) {
        final String[] elements = path.split("/");
        return holds(path) && elements.length == ELEMENTS && Ethtool.isReadOnly(elements[3]);
    }

    static Optional<String> read(final String path) {
        final String[] elements = path.split("/");
        return elements.length == ELEMENTS
                ? Ethtool.read(elements[2], elements[3], elements[4])
                : Optional.empty();
    }

    static boolean isWritable(final String path) {
        final String[] elements = path.split("/");
        return elements.length == ELEMENTS
                && Ethtool.mayWrite(elements[2], elements[3], elements[4]);
    }

    static void write(final String path, final String value) throws IOException {
        final String[] elements = path.split("/");
        final int result =
                elements.length == ELEMENTS
                        ? Ethtool.write(elements[2], elements[3], elements[4], value)
                        : -Errno.ENOENT;
        if (result < 0) {
            throw new IOException(path + ": " + Errno.text(result));
        }
    }

    /**
     * Names in a folder of these.
     *
     * @param cards names of the machine's
     */
    static List<String> list(final String folder, final List<String> cards) {
        final String[] elements = folder.split("/");
        return switch (elements.length) {
            case 2 -> cards;
            case 3 -> Ethtool.groups();
            case 4 -> Ethtool.names(elements[3]);
            default -> List.of();
        };
    }
}
