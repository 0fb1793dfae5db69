package io.spindle.mgmt.api;

import io.spindle.mgmt.control.TicketDesk.Sent;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A call, and what has become of it so far; as a line in a file, what is new about it.
 *
 * @param caller whose it is
 * @param bodyTag null if the call has no {@code Idempotency-Key}: nobody can repeat it
 * @param atS when it first came, in seconds since the Unix epoch
 * @param answer null until there is one
 * @param sent tickets, in the order in which they were sent
 * @param underWay its command was sent, and nobody knows yet what became of it
 */
record Attempt(
        UUID request,
        String caller,
        String bodyTag,
        long atS,
        KeptAnswer answer,
        List<Sent> sent,
        boolean underWay) {
    /** Of one without answer or tickets, and of a ticket. */
    private static final int OVERHEAD_BYTES = 512;

    private static final int TICKET_BYTES = 128;

    static Attempt begun(
            final UUID request, final String caller, final String bodyTag, final long atS) {
        return new Attempt(request, caller, bodyTag, atS, null, List.of(), false);
    }

    static Attempt withoutKey(final UUID request) {
        return begun(request, null, null, 0);
    }

    boolean hasKey() {
        return bodyTag != null;
    }

    /** Something was done, and must not be done again. */
    boolean hasActed() {
        return answer != null || !sent.isEmpty() || underWay;
    }

    /** What its answer adds. */
    Attempt answered(final KeptAnswer given) {
        return new Attempt(request, caller, bodyTag, atS, given, List.of(), false);
    }

    /** What a ticket adds. */
    Attempt sending(final Sent ticket) {
        return new Attempt(request, caller, bodyTag, atS, null, List.of(ticket), underWay);
    }

    /** What its command adds, until there is an answer or a refusal. */
    Attempt sending() {
        return new Attempt(request, caller, bodyTag, atS, null, List.of(), true);
    }

    /** What a refusal leaves: it may be tried again as if it were new. */
    Attempt refused() {
        return begun(request, caller, bodyTag, atS);
    }

    /** Both parts together; the same twice is the same. */
    Attempt and(final Attempt later) {
        return new Attempt(
                request,
                caller,
                bodyTag,
                atS,
                later.answer == null ? answer : later.answer,
                Stream.concat(sent.stream(), later.sent.stream()).distinct().toList(),
                later.underWay);
    }

    /** What it takes in memory, roughly. */
    long bytes() {
        final boolean hasText = answer != null && answer.body() != null;
        return OVERHEAD_BYTES
                + (long) TICKET_BYTES * sent.size()
                + (hasText ? answer.body().length() : 0);
    }

    /** All but what it was answered. */
    Attempt shortened() {
        return new Attempt(
                request,
                caller,
                bodyTag,
                atS,
                answer == null ? null : answer.withoutBody(),
                sent,
                underWay);
    }
}
