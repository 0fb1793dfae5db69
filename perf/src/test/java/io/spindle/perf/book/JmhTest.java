package io.spindle.perf.book;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.spindle.perf.engine.EngineJmh;
import io.spindle.perf.stage.CodecJmh;
import io.spindle.perf.stage.StageJmh;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs the JMH benchmarks when asked; perf/RESULTS.md says how and shows the table, which {@code
 * -Dspindle.jmh.out=FILE} also writes into a file.
 */
class JmhTest {
    private static final String[] JVM_FLAGS =
            Stream.concat(
                            Stream.of(
                                    "-XX:+UseSerialGC",
                                    "-XX:-UseCompressedOops",
                                    "-Dagrona.disable.bounds.checks=true"),
                            Stream.of(System.getProperty("spindle.jvm.flags", "").split(" ")))
                    .toArray(String[]::new);

    @Test
    @EnabledIfSystemProperty(named = "spindle.jmh", matches = "true")
    void shouldMeasureEveryOperation() throws RunnerException {
        final ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include(MatcherJmh.class.getName())
                        .include(PlainPathJmh.class.getName())
                        .include(PeerJmh.class.getName())
                        .include(EngineJmh.class.getName())
                        .include(StageJmh.class.getName())
                        .include(CodecJmh.class.getName())
                        .jvmArgs(JVM_FLAGS);
        Optional.ofNullable(System.getProperty("spindle.jmh.out"))
                .ifPresent(file -> options.resultFormat(ResultFormatType.TEXT).result(file));
        assertFalse(new Runner(options.build()).run().isEmpty());
    }
}
