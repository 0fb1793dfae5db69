package io.spindle.recovery;

import io.spindle.journal.LogStart;
import io.spindle.log.CommandHandler;
import io.spindle.log.DataFolder;
import io.spindle.log.FolderRequest;
import io.spindle.log.LogDamaged;
import io.spindle.oms.SnapshotReader;
import io.spindle.recovery.OfflineLog.Extent;

import org.agrona.DirectBuffer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** {@code ./spindle log verify|dump|stat|export|snapshot|purge}: the log read where it lies. */
@Command(
        name = "log",
        description = {
            "Reads the log of a data folder: what the Archive recorded, then what only the ring has.",
            "Only purge changes anything of it; may run beside a live appliance."
        },
        subcommands = {
            LogCommand.Verify.class,
            LogCommand.Stat.class,
            LogCommand.Dump.class,
            LogCommand.Export.class,
            LogCommand.Snapshot.class,
            PurgeCommand.class
        })
public final class LogCommand implements Callable<Integer> {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            scope = ScopeType.INHERIT,
            description = "Data folder (default: ./data).")
    private Path data;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "log what? verify, stat, dump, export, snapshot or purge");
    }

    @Command(
            name = "verify",
            description = {
                "Replays the log and checks everything in it: checksums, sequence, hash chain, and "
                        + "that every checkpoint's digest comes out again.",
                "Exit code 1 on any difference."
            })
    static final class Verify implements Callable<Integer> {
        @ParentCommand private LogCommand log;

        @Override
        public Integer call() throws IOException {
            try {
                final Verification result = Verification.of(log.folder(), log::progress);
                result.lines().forEach(log.out()::println);
                return result.failure().isEmpty() ? 0 : 1;
            } catch (final LogDamaged damage) {
                log.out().println("DAMAGED: " + damage.getMessage());
                return 1;
            }
        }
    }

    @Command(name = "stat", description = "Counts the log's commands by kind.")
    static final class Stat implements Callable<Integer> {
        @ParentCommand private LogCommand log;

        @Override
        public Integer call() throws IOException {
            final Map<String, Long> counts = new TreeMap<>();
            final long[] bytes = {0};
            final CommandHandler counter =
                    (sequence, timeNs, buffer, offset, length) -> {
                        bytes[0] += length;
                        counts.merge(CommandText.of(buffer, offset).name(), 1L, Long::sum);
                    };
            final long first = log.first();
            final Extent extent = new OfflineLog(log.folder()).read(first - 1, counter);
            log.out()
                    .printf(
                            "%,d commands, %,d bytes; sequences %,d to %,d, recorded up to %,d%n",
                            extent.last() - first + 1,
                            bytes[0],
                            first,
                            extent.last(),
                            extent.recorded());
            counts.forEach((name, count) -> log.out().printf("%,15d  %s%n", count, name));
            return 0;
        }
    }

    @Command(name = "dump", description = "Prints commands in words.")
    static final class Dump implements Callable<Integer> {
        @ParentCommand private LogCommand log;
        @Mixin private Range range;

        @Override
        public Integer call() throws IOException {
            return log.print(range, LogCommand::words);
        }
    }

    @Command(name = "export", description = "Prints commands as JSON lines.")
    static final class Export implements Callable<Integer> {
        @ParentCommand private LogCommand log;
        @Mixin private Range range;

        @Override
        public Integer call() throws IOException {
            return log.print(range, LogCommand::json);
        }
    }

    @Command(
            name = "snapshot",
            description = {
                "Has the running appliance's feed process write a snapshot of the engine now, and "
                        + "prints its file.",
                "Exit code 1 when no feed process runs on the folder."
            })
    static final class Snapshot implements Callable<Integer> {
        @ParentCommand private LogCommand log;

        @Override
        public Integer call() throws IOException {
            try {
                FolderRequest.snapshot(log.folder()).make(0, PATIENCE_NS);
            } catch (final TimeoutException nobody) {
                log.out().println(nobody.getMessage());
                return 1;
            }
            log.out().println(SnapshotReader.list(log.folder().snapshots()).getFirst());
            return 0;
        }
    }

    /** Which commands to print. */
    static final class Range {
        @Option(
                names = "--from",
                paramLabel = "SEQ",
                defaultValue = "1",
                description = "First sequence (default: the first that is not purged).")
        private long from;

        @Option(
                names = "--to",
                paramLabel = "SEQ",
                description = "Last sequence (default: the last).")
        private long to = Long.MAX_VALUE;
    }

    @FunctionalInterface
    private interface Form {
        String of(long sequence, long timeNs, CommandText command);
    }

    private int print(final Range range, final Form form) throws IOException {
        final CommandHandler printer =
                (final long sequence,
                        final long timeNs,
                        final DirectBuffer buffer,
                        final int offset,
                        final int length) -> {
                    final CommandText command = CommandText.of(buffer, offset);
                    out().println(form.of(sequence, timeNs, command));
                };
        new OfflineLog(folder()).read(Math.max(first(), range.from) - 1, range.to, printer);
        return 0;
    }

    private void progress(final long sequence) {
        spec.commandLine().getErr().printf("… %,d%n", sequence);
        spec.commandLine().getErr().flush();
    }

    private static String words(final long sequence, final long timeNs, final CommandText command) {
        return command.fields().entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(
                        Collectors.joining(
                                " ",
                                sequence + " " + time(timeNs) + " " + command.name() + " ",
                                ""))
                .stripTrailing();
    }

    private static String json(final long sequence, final long timeNs, final CommandText command) {
        final String head =
                "{\"sequence\":%d,\"timeNs\":%d,\"command\":\"%s\",\"fields\":{"
                        .formatted(sequence, timeNs, command.name());
        return command.fields().entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":" + quoted(field.getValue()))
                .collect(Collectors.joining(",", head, "}}"));
    }

    /** Whole numbers stay numbers; everything else is a string of printable ASCII. */
    private static String quoted(final String value) {
        if (value.matches("-?(0|[1-9]\\d{0,18})")) {
            return value;
        }
        return value.chars()
                .mapToObj(
                        c ->
                                c < ' ' || c > '~' || c == '"' || c == '\\'
                                        ? "\\u%04x".formatted(c)
                                        : Character.toString(c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static Instant time(final long timeNs) {
        return Instant.ofEpochSecond(0, timeNs);
    }

    /** The sequence with which the log begins. */
    private long first() {
        return LogStart.of(folder().archive()).sequence();
    }

    DataFolder folder() {
        return new DataFolder(data);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
