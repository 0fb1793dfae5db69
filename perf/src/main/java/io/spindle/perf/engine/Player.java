package io.spindle.perf.engine;

import io.spindle.mgmt.cli.ChildJvm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Who plays an {@link EngineStream}, each in a JVM with the flags of a trading process. */
enum Player {
    ENGINE,
    MATCHER,
    RIVAL;

    /**
     * Starts its {@link EngineRun}.
     *
     * @param flags of its JVM behind those of a trading process
     */
    Child start(
            final List<String> flags,
            final Path file,
            final int commands,
            final int resting,
            final long seed)
            throws IOException {
        final List<String> command = new ArrayList<>(ChildJvm.start("trading", flags));
        if (this == RIVAL) {
            // It makes objects for orders and events.
            command.addAll(List.of("-Xms2g", "-Xmx4g"));
        }
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        EngineRun.class.getName(),
                        name(),
                        file.toString(),
                        "" + commands,
                        "" + resting,
                        "" + seed));
        return new Child(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** A JVM at work, which stands still unless it is asked. */
    static final class Child implements AutoCloseable {
        private final Process process;
        private final PrintWriter wishes;
        private final BufferedReader answers;

        private Child(final Process process) {
            this.process = process;
            this.wishes = new PrintWriter(process.outputWriter(), true);
            this.answers = process.inputReader();
        }

        String ask(final String wish) throws IOException {
            wishes.println(wish);
            final String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("a player ended before it answered: " + wish);
            }
            return answer;
        }

        String ask(final String wish, final int part) throws IOException {
            return ask(wish + ' ' + part);
        }

        @Override
        public void close() {
            wishes.close();
            process.onExit().join();
        }
    }
}
