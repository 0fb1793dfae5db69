package io.spindle.matcher;

import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * The fast matcher and the reference say the same, event by event, and hold the same queues, with
 * every order type, state, rule and self-trade mode mixed.
 */
class DifferentialPropertyTest {
    private static final int COMMANDS = 5_000;
    private static final int FEW_NAMES = 60;
    private static final int MANY_NAMES = 300;

    @Test
    void shouldAgreeWithTheReferenceOnPlainOrders() {
        fight(1, 50, MANY_NAMES, true);
    }

    @Test
    void shouldAgreeWithTheReferenceOnEverythingMixed() {
        fight(1_000, 50, FEW_NAMES, false);
        fight(2_000, 50, MANY_NAMES, false);
    }

    @Test
    @Tag("campaign")
    void shouldAgreeWithTheReferenceForTenMillionCommands() {
        fight(10_000, 1_000, FEW_NAMES, false);
        fight(20_000, 1_000, MANY_NAMES, false);
    }

    private static void fight(
            final long firstSeed, final int episodes, final int names, final boolean plainOnly) {
        LongStream.range(firstSeed, firstSeed + episodes)
                .parallel()
                .forEach(seed -> fight(seed, names, plainOnly));
    }

    private static void fight(final long seed, final int names, final boolean plainOnly) {
        final List<Command> script = new CommandGenerator(seed, names, plainOnly).script(COMMANDS);
        if (Duel.fight(script, names) != null) {
            final String report = shortest(script, shorter -> Duel.fight(shorter, names));
            assertNull(report, "seed " + seed + "\n" + report);
        }
    }

    /** Cuts ever smaller pieces out of a failing script while it still fails. */
    static String shortest(
            final List<Command> failing, final Function<List<Command>, String> fight) {
        List<Command> script = failing;
        for (int piece = script.size() / 2; piece > 0; piece /= 2) {
            for (int at = 0; at + piece <= script.size(); ) {
                final List<Command> shorter = new ArrayList<>(script.subList(0, at));
                shorter.addAll(script.subList(at + piece, script.size()));
                if (fight.apply(shorter) != null) {
                    script = shorter;
                } else {
                    at += piece;
                }
            }
        }
        final StringBuilder text = new StringBuilder();
        script.forEach(command -> text.append(command).append('\n'));
        return text.append(fight.apply(script)).toString();
    }
}
