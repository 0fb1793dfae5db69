package io.spindle.mgmt.office;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file that was loaded for a day, as it was the last time.
 *
 * @param checksum empty until a load of it has come to its end
 * @param loadedBy everybody who has begun to load it for that day
 */
public record Loaded(
        String date,
        String checksum,
        int rows,
        int loaded,
        int quarantined,
        int remaining,
        List<String> loadedBy) {
    public Loaded {
        loadedBy = loadedBy == null ? List.of() : List.copyOf(loadedBy);
    }

    /** Its rows are about to be booked: whatever comes of that, this person may not sign for it. */
    static Loaded begun(final ExternalFile file, final Optional<Loaded> before, final String by) {
        final Loaded known =
                before.orElse(new Loaded(file.date().toString(), "", 0, 0, 0, 0, List.of()));
        return new Loaded(
                known.date,
                known.checksum,
                known.rows,
                known.loaded,
                known.quarantined,
                known.remaining,
                Stream.concat(known.loadedBy.stream(), Stream.of(by)).distinct().toList());
    }

    /** It is done, by the last of those who have loaded it. */
    static Loaded done(
            final ExternalFile file,
            final Load load,
            final int remaining,
            final List<String> loadedBy) {
        return new Loaded(
                file.date().toString(),
                file.checksum(),
                file.rows().size(),
                load.taken().size(),
                load.quarantined().size(),
                remaining,
                loadedBy);
    }
}
