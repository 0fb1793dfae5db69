package io.spindle.mgmt.api;

import io.spindle.mgmt.api.Problem.FieldError;
import io.spindle.mgmt.control.Scope;
import io.spindle.mgmt.model.Decimals;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Checks the fields of a body and collects what is wrong with them, to be told all at once. */
final class Fields {
    static final int LONGEST_REASON = 200;

    private final List<FieldError> errors = new ArrayList<>();

    /** Visible ASCII of limited length; required. */
    String name(final String pointer, final String text, final int maxLength) {
        if (text == null || !text.matches("[!-~]{1," + maxLength + "}")) {
            error(pointer, "must be 1 to " + maxLength + " visible ASCII characters");
            return "";
        }
        return text;
    }

    /** The same, empty if absent. */
    String optionalName(final String pointer, final String text, final int maxLength) {
        return text == null || text.isEmpty() ? "" : name(pointer, text, maxLength);
    }

    /** Why a dangerous thing is done; required, kept in the audit. */
    String reason(final String text) {
        return reason("/reason", text);
    }

    /** The same, from a parameter. */
    String reason(final String pointer, final String text) {
        if (text == null || text.isBlank() || text.length() > LONGEST_REASON) {
            error(pointer, "say why, in at most " + LONGEST_REASON + " characters");
            return "";
        }
        return text;
    }

    /** A decimal string, signed, not zero. */
    long amount(final String pointer, final String text, final int decimals) {
        final Long value = decimal(pointer, text, decimals);
        if (value != null && value == 0) {
            error(pointer, "must not be zero");
        }
        return value == null ? 1 : value;
    }

    /** A decimal string from zero up, or null if absent. */
    Long limit(final String pointer, final String text, final int decimals) {
        if (text == null) {
            return null;
        }
        final Long value = decimal(pointer, text, decimals);
        if (value != null && value < 0) {
            error(pointer, "must not be negative");
        }
        return value;
    }

    private Long decimal(final String pointer, final String text, final int decimals) {
        if (text == null) {
            error(pointer, "is missing");
            return null;
        }
        try {
            return Decimals.parse(text, decimals);
        } catch (final NumberFormatException wrong) {
            error(pointer, wrong.getMessage());
            return null;
        }
    }

    /** A whole number within bounds; required. */
    int whole(final String pointer, final Number number, final int min, final int max) {
        if (number == null || number.longValue() < min || number.longValue() > max) {
            error(pointer, "must be from " + min + " to " + max);
            return min;
        }
        return number.intValue();
    }

    /** The same, from a path. */
    int index(final String name, final String text, final int min, final int max) {
        return whole(name, text.matches("[0-9]{1,9}") ? Integer.valueOf(text) : null, min, max);
    }

    /** One of these words, in any case; its place in them. */
    int choice(final String pointer, final String text, final List<String> words) {
        final int index = text == null ? -1 : words.indexOf(text.toLowerCase(Locale.ROOT));
        if (index < 0) {
            error(pointer, "must be one of " + words);
        }
        return Math.max(index, 0);
    }

    /** {@code system}, or {@code firm}, {@code account}, {@code session} with a name. */
    Scope scope(final String kind, final String name) {
        final Scope.Kind[] kinds = Scope.Kind.values();
        final Scope.Kind found =
                kinds[choice("/scope", kind, List.of("system", "firm", "account", "session"))];
        final int length =
                switch (found) {
                    case SYSTEM -> 0;
                    case FIRM -> 4;
                    case SESSION -> 8;
                    case ACCOUNT -> 16;
                };
        return new Scope(found, length == 0 ? "" : name("/name", name, length));
    }

    void error(final String pointer, final String detail) {
        errors.add(new FieldError(pointer, detail));
    }

    /** Throws if anything was wrong. */
    void check() {
        if (!errors.isEmpty()) {
            throw ApiProblem.fields(errors);
        }
    }
}
