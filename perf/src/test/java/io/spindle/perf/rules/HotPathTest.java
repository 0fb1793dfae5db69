package io.spindle.perf.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.classfile.ClassModel;
import java.util.List;

class HotPathTest {
    @Test
    void shouldFindNothingForbiddenInTheHotPackages() {
        for (final String name : HotPackages.NAMES) {
            assertFalse(CompiledTree.classesIn(List.of(name)).isEmpty(), name + ": no classes");
        }
        final List<ClassModel> hot = CompiledTree.classesIn(HotPackages.NAMES);
        assertTrue(hot.size() > 10, "hot classes found: " + hot.size());
        final List<String> violations =
                hot.stream().flatMap(type -> HotPathRules.violations(type).stream()).toList();
        assertTrue(violations.isEmpty(), () -> String.join("\n", violations));
    }

    @ParameterizedTest
    @CsvSource({
        "NewsAnObject, allocates java/lang/Object",
        "NewsAnArray, allocates an array",
        "CapturesALambda, links getAsInt at run time",
        "ConcatenatesStrings, links makeConcatWithConstants at run time",
        "Boxes, boxes with java/lang/Integer",
        "TakesAMonitor, takes a monitor",
        "IsSynchronized, is synchronized",
        "ReadsTheClock, reads a clock"
    })
    void shouldCatch(final String specimen, final String what) {
        final List<String> violations = HotPathRules.violations(specimen(specimen));
        assertEquals(1, violations.size(), violations::toString);
        assertTrue(violations.getFirst().endsWith(what), violations::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Passes", "ColdClass", "ColdClass$Nested", "Passing"})
    void shouldPass(final String specimen) {
        assertEquals(List.of(), HotPathRules.violations(specimen(specimen)));
    }

    @ParameterizedTest
    @CsvSource({
        "io.spindle.loop.LogClock, ofStamp, true",
        "io.spindle.loop.TradingLoop, doWork, true",
        "io.spindle.loop.TradingLoop, open, false",
        "io.spindle.log.RefillRings, prefault, false",
        "io.spindle.oms.TradingEngine$$Lambda/0x1, accept, false",
        "io.spindle.recovery.Replay, poll, false",
        "Unpacked, main, false"
    })
    void shouldKnowTheMethodsOfTheHotPath(
            final String type, final String method, final boolean hot) {
        assertEquals(hot, HotPackages.hold(type, method));
    }

    private static ClassModel specimen(final String name) {
        return CompiledTree.load(Specimens.class.getName().replace('.', '/') + '$' + name);
    }
}
