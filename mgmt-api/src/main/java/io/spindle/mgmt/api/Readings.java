package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.spindle.mgmt.control.Scope;
import io.spindle.mgmt.model.Account;
import io.spindle.mgmt.model.SessionState;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.TimeTravel.Moment;
import io.spindle.mgmt.view.View;

import java.time.format.DateTimeParseException;
import java.util.function.Function;

/**
 * Where handlers read: the view as it is now, or as it was {@code asAt} a sequence, a time in
 * nanoseconds (sixteen digits or more) or an ISO-8601 instant. The header {@value #SEQUENCE} of a
 * reply names the sequence that was read at.
 */
final class Readings {
    static final String SEQUENCE = "Sequence";

    private static final int LONGEST_SEQUENCE = 15;

    private final View now;
    private final TimeTravel past;
    private final PastCalls pastCalls;

    Readings(final View now, final TimeTravel past, final PastCalls pastCalls) {
        this.now = now;
        this.past = past;
        this.pastCalls = pastCalls;
    }

    <T> T read(final Context ctx, final Function<View.Reading, T> question) {
        final String asAt = ctx.queryParam("asAt");
        if (asAt == null) {
            return now.read(naming(ctx, question));
        }
        final Moment moment = moment(asAt);
        return pastCalls.take(Access.caller(ctx), () -> past(moment)).read(naming(ctx, question));
    }

    private static <T> Function<View.Reading, T> naming(
            final Context ctx, final Function<View.Reading, T> question) {
        return reading -> {
            name(ctx, reading.sequence());
            return question.apply(reading);
        };
    }

    /** Says at which sequence the reply is true. */
    static void name(final Context ctx, final long sequence) {
        ctx.header(SEQUENCE, Long.toString(sequence));
    }

    /**
     * A route whose replies name a sequence, whether or not they are read here: what is no matter
     * of the log is named with where the log was then.
     */
    Route naming(final Route route) {
        if (route.isWrite() || route.isOpen()) {
            return route;
        }
        final Handler handler = route.handler();
        return new Route(
                route.method(),
                route.path(),
                ctx -> {
                    name(ctx, now.sequence());
                    handler.handle(ctx);
                },
                route.roles(),
                route.marks());
    }

    private View past(final Moment moment) {
        try {
            return past.at(moment);
        } catch (final IllegalArgumentException purged) {
            throw ApiProblem.field("asAt", purged.getMessage());
        }
    }

    /** For writes, which have no past. */
    <T> T present(final Function<View.Reading, T> question) {
        return now.read(question);
    }

    private Moment moment(final String asAt) {
        final Moment moment = parse(asAt);
        final boolean future =
                now.read(
                        present ->
                                moment.sequence() == Long.MAX_VALUE
                                        ? moment.timeNs() > present.timeNs()
                                        : moment.sequence() > present.sequence());
        if (future) {
            throw ApiProblem.field("asAt", "is later than what is known");
        }
        return moment;
    }

    private static Moment parse(final String asAt) {
        try {
            if (!asAt.matches("[0-9]+")) {
                return Moment.time(Times.parse(asAt));
            }
            final long number = Long.parseLong(asAt);
            return asAt.length() > LONGEST_SEQUENCE ? Moment.time(number) : Moment.sequence(number);
        } catch (final NumberFormatException | DateTimeParseException | ArithmeticException no) {
            throw ApiProblem.field("asAt", "neither a sequence, nor nanoseconds, nor ISO-8601");
        }
    }

    /** The firm that an account belongs to now; null if there is no such account. */
    String firmOfAccount(final String account) {
        return now.read(
                present ->
                        present.ledger().accounts().stream()
                                .filter(one -> one.code().equals(account))
                                .map(Account::firm)
                                .findFirst()
                                .orElse(null));
    }

    /** Whether the caller may know of an account: everybody of none, else who may see its firm. */
    boolean mayShowAccount(final Context ctx, final String account) {
        if (account == null || account.isEmpty()) {
            return true;
        }
        final String firm = firmOfAccount(account);
        return firm != null && Access.caller(ctx).maySee(firm);
    }

    /**
     * Whose a stop of a scope is, as far as the caller's rights depend on it: who is bound to no
     * firm waits for no reading.
     */
    String ownerOf(final Scope scope, final Principal caller) {
        return caller.owners().isEmpty() ? null : firmOf(scope);
    }

    /** The firm that a scope belongs to now; null if it is everybody, or nobody that we know. */
    String firmOf(final Scope scope) {
        return switch (scope.kind()) {
            case SYSTEM -> null;
            case FIRM -> scope.name();
            case ACCOUNT -> firmOfAccount(scope.name());
            case SESSION ->
                    now.read(
                            present ->
                                    present.ledger().sessions().stream()
                                            .filter(one -> one.username().equals(scope.name()))
                                            .map(SessionState::firm)
                                            .findFirst()
                                            .orElse(null));
        };
    }
}
