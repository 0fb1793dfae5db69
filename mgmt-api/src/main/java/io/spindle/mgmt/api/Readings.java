package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.spindle.mgmt.control.Scope;
import io.spindle.mgmt.model.Account;
import io.spindle.mgmt.model.SessionState;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.TimeTravel.Moment;
import io.spindle.mgmt.view.View;

import java.time.format.DateTimeParseException;
import java.util.function.Function;

/**
 * Where handlers read: the view as it is now, or as it was {@code asAt} a sequence, a time in
 * nanoseconds (sixteen digits or more) or an ISO-8601 instant.
 */
final class Readings {
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
            return now.read(question);
        }
        final Moment moment = moment(asAt);
        return pastCalls.take(Access.caller(ctx), () -> past(moment)).read(question);
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
