package io.spindle.tuning.machine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kernel files that list all choices and bracket the one in force: {@code always [madvise] never}.
 */
public final class Selection {
    private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]+)\\]");

    private Selection() {}

    /** The choice in force; the text itself when it is no such list. */
    public static String chosen(final String text) {
        final Matcher matcher = BRACKETED.matcher(text);
        return matcher.find() ? matcher.group(1) : text;
    }
}
