package io.spindle.mgmt.office;

import io.spindle.mgmt.api.ApiProblem;
import io.spindle.mgmt.api.ProblemCode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Somebody has held a file against ours and settled nothing: until {@value #MINUTES} minutes later
 * somebody else may settle it.
 *
 * @param by who did
 * @param at ISO-8601
 */
public record Comparison(String by, String at) {
    static final int MINUTES = 15;

    /** Those of them that still count. */
    static List<Comparison> inForce(final List<Comparison> all, final Instant now) {
        final Instant ended = now.minus(Duration.ofMinutes(MINUTES));
        return all.stream().filter(one -> Instant.parse(one.at).isAfter(ended)).toList();
    }

    /** The same with one more, of each person the newest. */
    static List<Comparison> with(final List<Comparison> all, final String by, final Instant now) {
        return Stream.concat(
                        all.stream().filter(one -> !one.by.equals(by)),
                        Stream.of(new Comparison(by, now.toString())))
                .toList();
    }

    /**
     * @throws ApiProblem unless one of them is somebody else's
     */
    static void requireOther(final List<Comparison> all, final String by, final String label) {
        if (all.stream().allMatch(one -> one.by.equals(by))) {
            throw ApiProblem.of(
                    ProblemCode.SECOND_PERSON,
                    "nobody else has compared this file of "
                            + label
                            + " within "
                            + MINUTES
                            + " minutes: have a second person send the same file without settle,"
                            + " look at the differences, then settle it");
        }
    }
}
