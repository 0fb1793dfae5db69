package io.spindle.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the tuner's page from top to bottom in a shell, on the machine of the test. What would
 * change it changes the copy of its files that the page makes first, and what takes minutes takes a
 * second.
 */
@Tag("campaign")
@Timeout(900)
class TuningStoryTest {
    private static final Path ROOT =
            Path.of(System.getProperty("spindle.root", "..")).toAbsolutePath();
    private static final Pattern VERB = Pattern.compile("\\./spindle tune (\\w+)");
    private static final String COPY = " --root box";

    /** What may come out besides 0, as the page says. */
    private static final Map<String, List<Integer>> OTHER_CODES =
            Map.of(
                    "lint", List.of(1),
                    "plan", List.of(2, 3),
                    "apply", List.of(3),
                    "verify", List.of(1),
                    "score", List.of(1),
                    "watch", List.of(1, 2));

    @TempDir private Path home;
    private final List<String> ran = new ArrayList<>();
    private String swappiness;
    private int applied;

    @BeforeEach
    void writeLauncher() throws IOException {
        final Path launcher = home.resolve("spindle");
        Files.writeString(
                launcher,
                "#!/bin/bash\nexec "
                        + Path.of(System.getProperty("java.home"), "bin", "java")
                        + " "
                        + System.getProperty("spindle.jvm.flags", "")
                        + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dspindle.root='"
                        + ROOT
                        + "' -cp '"
                        + System.getProperty("java.class.path")
                        + "' io.spindle.mgmt.cli.SpindleMain \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void shouldRunEveryCommandOfThePage() throws Exception {
        for (final String line : Files.readAllLines(ROOT.resolve("docs/tuning.md"))) {
            if (line.startsWith("    ") && !line.isBlank()) {
                run(line.strip());
            }
        }
        assertTrue(ran.size() >= 18, ran.toString());
        assertFalse(Files.exists(home.resolve("box.journal")));
    }

    private void run(final String command) throws Exception {
        ran.add(command);
        final Matcher matcher = VERB.matcher(command);
        final String verb = matcher.find() ? matcher.group(1) : "";
        final int status = shell(adapt(command, verb));
        assertTrue(
                status == 0 || OTHER_CODES.getOrDefault(verb, List.of()).contains(status),
                command + " ended with " + status + ":\n" + output());
        switch (verb) {
            case "capture" -> swappiness = copiedSwappiness();
            case "apply" -> {
                applied = status;
                assertEquals("0", copiedSwappiness(), command);
            }
            case "verify" -> assertEquals(applied == 0 ? 0 : 1, status, output());
            case "lint" ->
                    assertEquals(
                            !command.endsWith("mine.yaml"),
                            output().contains("nobody has measured"),
                            output());
            case "rollback" -> assertEquals(swappiness, copiedSwappiness(), command);
            default -> {}
        }
    }

    /** Nothing that needs a right, and nothing that asks for what was changed, is for real. */
    private static String adapt(final String command, final String verb) {
        final String brief = command.replaceFirst("--seconds \\d+", "--seconds 1");
        if (brief.startsWith("sudo ")) {
            return brief.substring("sudo ".length()) + COPY + " --journal box.journal";
        }
        return verb.equals("verify") && !brief.contains(COPY) ? brief + COPY : brief;
    }

    private String copiedSwappiness() throws IOException {
        return Files.readString(home.resolve("box/proc/sys/vm/swappiness")).strip();
    }

    private int shell(final String command) throws Exception {
        final Process process =
                new ProcessBuilder("bash", "-c", command)
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("output.txt").toFile())
                        .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    /** Of the last command. */
    private String output() throws IOException {
        return Files.readString(home.resolve("output.txt"));
    }
}
