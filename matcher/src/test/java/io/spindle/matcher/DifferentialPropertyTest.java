package io.spindle.matcher;

import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The fast matcher and the reference say the same, event by event, and hold the same queues. */
class DifferentialPropertyTest {
    private static final int EPISODES = 400;
    private static final int COMMANDS = 2_500;

    @Test
    void shouldAgreeWithTheReferenceOnEveryEventOfEverySeed() {
        for (long seed = 1; seed <= EPISODES; seed++) {
            final List<Command> script = new CommandGenerator(seed).script(COMMANDS);
            final String failure = Duel.fight(script);
            if (failure != null) {
                assertNull(failure, "seed " + seed + "\n" + shortest(script, Duel::fight));
            }
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
