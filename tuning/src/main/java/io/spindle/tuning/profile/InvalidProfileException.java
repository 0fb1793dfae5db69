package io.spindle.tuning.profile;

import java.util.List;

/** A profile that is refused, with every reason: {@code file:line: field: problem}. */
public final class InvalidProfileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> complaints;

    public InvalidProfileException(final List<String> complaints) {
        super(String.join("\n", complaints));
        this.complaints = List.copyOf(complaints);
    }

    public List<String> complaints() {
        return complaints;
    }
}
