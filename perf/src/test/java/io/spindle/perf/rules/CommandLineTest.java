package io.spindle.perf.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.archive.ArchiveMarkFile;
import io.spindle.log.DataFolder;
import io.spindle.log.FolderRequest;
import io.spindle.log.SmallTables;
import io.spindle.mgmt.cli.SpindleMain;
import io.spindle.recovery.EngineFlow;
import io.spindle.recovery.OpenLog;
import io.spindle.replica.Snapshots;
import io.spindle.standby.StandbyKey;

import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Every subcommand of every module as {@code ./spindle} calls it, with what it inherits there. */
@Timeout(120)
class CommandLineTest {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir private Path path;
    private DataFolder folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = SmallTables.in(new DataFolder(path).create());
    }

    @AfterEach
    void removeSharedMemory() {
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }

    @Test
    void shouldExplainEveryCommandAtEveryDepth() {
        final List<CommandLine> commands = commands(SpindleMain.commandLine());
        assertTrue(commands.size() > 40, "found: " + commands.size());
        for (final CommandLine command : commands) {
            final String name = command.getCommandSpec().qualifiedName();
            final String help = execute(0, (name + " --help").split(" "));
            assertTrue(help.contains("Usage: " + name), () -> name + ":\n" + help);
            final String[] description = command.getCommandSpec().usageMessage().description();
            assertTrue(description.length > 0, name);
            assertTrue(description[0].endsWith("."), name + " is listed with half a sentence");
        }
    }

    /**
     * Picocli passes the options of a command to its method by position, and counts those that were
     * given to it from outside, such as {@code --help}, among them.
     */
    @Test
    void shouldKeepCommandsInClassesNotInMethods() {
        assertEquals(List.of("with-method method"), methods(new CommandLine(new WithMethod())));
        assertEquals(List.of(), methods(SpindleMain.commandLine()));
    }

    @Command(name = "with-method")
    static final class WithMethod {
        @Command(name = "method")
        int method() {
            return 0;
        }
    }

    private static List<String> methods(final CommandLine root) {
        return commands(root).stream()
                .map(CommandLine::getCommandSpec)
                .filter(command -> command.userObject() instanceof Method)
                .map(CommandSpec::qualifiedName)
                .toList();
    }

    @Test
    void shouldReadALog() throws Exception {
        final EngineFlow flow = new EngineFlow(7);
        try (OpenLog log = OpenLog.open(folder, 1 << 22, 1024)) {
            flow.on(log.ring()).market().orders(100).checkpoint();
        }
        assertTrue(log(0, "stat").contains("EnterOrder"));
        final String report = log(0, "verify");
        assertTrue(report.contains("%016x".formatted(flow.engine.eventDigest())), report);

        assertEquals(flow.engine.sequence(), log(0, "dump").lines().count());
        final String words = log(0, "dump", "--from", "3", "--to", "4");
        assertEquals(List.of("3", "4"), words.lines().map(line -> line.split(" ")[0]).toList());
        assertEquals(flow.engine.sequence(), log(0, "export").lines().count());
        final String json = log(0, "export", "--from=4", "--to=4");
        assertEquals(1, json.lines().count(), json);
        assertTrue(json.startsWith("{\"sequence\":4,"), json);
    }

    @Test
    void shouldPrintTheFileOfTheSnapshotThatItAskedFor() throws Exception {
        final EngineFlow flow = new EngineFlow(7);
        final CompletableFuture<String> printed =
                CompletableFuture.supplyAsync(() -> log(0, "snapshot"));
        final FolderRequest request = FolderRequest.snapshot(folder);
        while (!request.isMade(System.nanoTime())) {
            assertFalse(printed.isDone(), "it ended");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        final Path file = new Snapshots(folder.snapshots()).write(flow.engine, System.nanoTime());
        request.granted();
        assertEquals(file.toString(), printed.get(PATIENCE_NS, TimeUnit.NANOSECONDS).strip());
    }

    @Test
    void shouldPurgeNothingWithoutASnapshotInFrontOfADay() throws Exception {
        final EngineFlow flow = new EngineFlow(7);
        try (OpenLog log = OpenLog.open(folder, 1 << 22, 1024)) {
            flow.on(log.ring()).market().orders(100);
        }
        assertTrue(log(1, "purge", "--keep-days=1", "--dry-run").contains("nothing can go"));
        new Snapshots(folder.snapshots()).writeBeforeDay(flow.engine);
        assertTrue(log(0, "purge", "--keep-days=1", "--delete").contains("no whole file"));
        assertTrue(log(1, "purge", "--keep-days=2", "--delete").contains("2 are needed"));
    }

    private String log(final int code, final String... arguments) {
        final List<String> all = new ArrayList<>(List.of("spindle", "log"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--data", path.toString()));
        return execute(code, all.toArray(String[]::new));
    }

    @Test
    void shouldPromoteTheStandbyOfTheFolder() throws Exception {
        final String data = path.toString();
        StandbyKey.made(folder);
        final String primary = "127.0.0.1:" + portWithoutPrimary();
        final CompletableFuture<Void> standby =
                CompletableFuture.runAsync(
                        () ->
                                execute(
                                        0,
                                        "spindle",
                                        "standby",
                                        "--data",
                                        data,
                                        "--primary",
                                        primary));
        awaitFile(folder.mark().resolve(ArchiveMarkFile.FILENAME), standby);
        final long before = folder.epoch();
        execute(0, "spindle", "standby", "promote", "--data", data);
        assertEquals(before + 1, folder.epoch());
        standby.get(PATIENCE_NS, TimeUnit.NANOSECONDS);
    }

    private static int portWithoutPrimary() throws IOException {
        try (DatagramSocket any = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return Math.min(any.getLocalPort(), 64_000);
        }
    }

    private static void awaitFile(final Path file, final CompletableFuture<Void> maker) {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!Files.exists(file)) {
            assertFalse(maker.isDone(), "it ended");
            assertTrue(System.nanoTime() - deadlineNs < 0, () -> file + " never came");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** All but the root, depth first. */
    private static List<CommandLine> commands(final CommandLine root) {
        final List<CommandLine> found = new ArrayList<>();
        for (final CommandLine command : root.getSubcommands().values()) {
            found.add(command);
            found.addAll(commands(command));
        }
        return found;
    }

    /**
     * @param words {@code spindle} and what follows
     * @return what was printed
     */
    private static String execute(final int code, final String... words) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int ended =
                SpindleMain.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(Arrays.copyOfRange(words, 1, words.length));
        assertEquals(code, ended, () -> String.join(" ", words) + ": " + out + err);
        return out.toString();
    }
}
