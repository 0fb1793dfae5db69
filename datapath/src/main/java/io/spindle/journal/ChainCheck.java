package io.spindle.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The hash chain walked from the recording's first frame to its last.
 *
 * @param head the chain's value at the end, in hex: two recordings with the same head hold the same
 *     bytes
 * @param failure the first frame that does not follow from the ones before it
 */
public record ChainCheck(String head, Optional<String> failure) {
    private static final int FRAMES = 64;

    /** A recording whose beginning was purged is checked from the first frame it has. */
    public static ChainCheck of(final Path archive) throws IOException {
        final Chain chain = new Chain();
        final String[] failure = new String[1];
        final long[] first = {0};
        try (LogCursor cursor = LogCursor.atFirstSegment(archive)) {
            final LogCursor.FrameHandler step =
                    (view, bytes, frame, length) -> {
                        final long sequence = JournalFrame.firstSequence(view, frame);
                        if (first[0]++ == 0 && sequence != 1) {
                            chain.startFrom(view, frame);
                            return;
                        }
                        chain.extend(bytes, frame, length);
                        if (failure[0] == null && !chain.matches(view, frame)) {
                            failure[0] = "the hash chain breaks at sequence " + sequence;
                        }
                    };
            while (failure[0] == null && cursor.pollFrames(step, FRAMES) > 0) {
                continue;
            }
        }
        return new ChainCheck(chain.toString(), Optional.ofNullable(failure[0]));
    }
}
