package io.spindle.perf.all;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a step.
 *
 * @param verdict in words, behind the step's name
 * @param counts false for a step of which no figure may be used
 * @param lines what was measured
 */
record Outcome(String verdict, boolean counts, List<String> lines) {
    static Outcome valid(final List<String> lines) {
        return new Outcome("valid", true, lines);
    }

    static Outcome invalid(final String why, final List<String> lines) {
        return new Outcome("INVALID: " + why, false, lines);
    }

    /** By the exit code of a bench or a build. */
    static Outcome of(final int code, final List<String> lines) {
        return code == 0 ? valid(lines) : invalid("exit code " + code, lines);
    }

    static Outcome leftOut(final String why) {
        return new Outcome("left out: " + why, true, List.of());
    }

    boolean isMeasured() {
        return !lines.isEmpty();
    }

    /** Part of a Markdown page. */
    List<String> section(final Step step) {
        final List<String> section = new ArrayList<>();
        section.add("");
        section.add("## " + step.label() + ": " + step.words());
        section.add("");
        section.add(LocalDate.now() + ", " + verdict);
        if (isMeasured()) {
            section.add("");
            section.add("```");
            section.addAll(lines);
            section.add("```");
        }
        return section;
    }
}
