package io.spindle.mgmt.office;

import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.office.Difference.Kind;
import io.spindle.mgmt.security.Sha256;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What stays in the log of a comparison. One that found what the last one found leaves nothing.
 *
 * @param ranAt ISO-8601, of the wall clock; of a note that does not say it, the note's time
 * @param ours rows compared, null in a note that does not say it, as is {@code theirs}
 * @param digest of what differs, but not of the values, which change with every fill; null in a
 *     note that does not say it
 */
public record ReconciliationSummary(
        String date,
        String checksum,
        String ranAt,
        long sequence,
        Integer ours,
        Integer theirs,
        int missingHere,
        int missingThere,
        int different,
        int settled,
        String digest) {
    static ReconciliationSummary of(final Reconciliation.Result result) {
        return new ReconciliationSummary(
                result.date(),
                result.checksum(),
                result.ranAt(),
                result.sequence(),
                result.ours(),
                result.theirs(),
                count(result, Kind.MISSING_HERE),
                count(result, Kind.MISSING_THERE),
                count(result, Kind.DIFFERENT),
                result.settled().size(),
                digest(result.differences()));
    }

    private static String digest(final List<Difference> differences) {
        final StringBuilder keys = new StringBuilder();
        for (final Difference one : differences) {
            keys.append(one.kind()).append('\n').append(one.key()).append('\n');
            keys.append(one.field()).append('\n');
        }
        return Sha256.hex(keys.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What a note says of one. */
    static ReconciliationSummary of(final Metadata entry) {
        final var told = Notes.content(entry, ReconciliationSummary.class);
        return told.ranAt == null ? told.ranAt(Times.text(entry.timeNs())) : told;
    }

    private ReconciliationSummary ranAt(final String time) {
        return new ReconciliationSummary(
                date,
                checksum,
                time,
                sequence,
                ours,
                theirs,
                missingHere,
                missingThere,
                different,
                settled,
                digest);
    }

    private static int count(final Reconciliation.Result result, final Kind kind) {
        return (int) result.differences().stream().filter(one -> one.kind() == kind).count();
    }

    public int differences() {
        return missingHere + missingThere + different;
    }

    /**
     * A run that found what the last one found, and could do no more about it, is not worth a line
     * in the log.
     */
    boolean isLike(final ReconciliationSummary before) {
        return checksum.equals(before.checksum)
                && digest.equals(before.digest)
                && (settled == 0 || settled == before.settled);
    }
}
