package io.spindle.mgmt.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.concurrent.Callable;

/**
 * Entry point of {@code ./spindle}.
 *
 * <p>Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not running ({@code status}).
 */
@Command(
        name = "spindle",
        description = {
            "A matching appliance: orders over UDP in, trades and market data out.",
            "",
            "First steps:",
            "  @|bold spindle demo|@           starts an appliance, plays a market, shows the result",
            "  @|bold spindle run|@            starts an appliance on ./data, console at 127.0.0.1:8080",
            "  @|bold spindle client|@         types orders into it",
            "  @|bold spindle status|@, @|bold stop|@   looks at it, ends it",
            ""
        },
        versionProvider = VersionCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "`spindle COMMAND --help` explains a command.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not running."
        })
public final class SpindleMain implements Runnable {
    private static final int HELP_WIDTH = 100;

    @CommandLine.Spec private CommandSpec spec;

    public static void main(final String[] args) {
        System.exit(commandLineFor(args).execute(args));
    }

    /** The command line with every subcommand on the class path, in order of name. */
    public static CommandLine commandLine() {
        return commandLine(commands());
    }

    /** Only the subcommand that is asked for: to read them all takes longer than most of them. */
    static CommandLine commandLineFor(final String... args) {
        final var asked =
                commands().stream()
                        .filter(command -> args.length > 0 && name(command).equals(args[0]))
                        .toList();
        return asked.isEmpty() ? commandLine() : commandLine(asked);
    }

    @SuppressWarnings("rawtypes") // a service is named by its class, without type arguments
    private static List<Provider<?>> commands() {
        return ServiceLoader.load(Callable.class).stream()
                .<Provider<?>>map(provider -> provider)
                .filter(provider -> provider.type().isAnnotationPresent(Command.class))
                .sorted(Comparator.comparing(SpindleMain::name))
                .toList();
    }

    private static CommandLine commandLine(final List<Provider<?>> commands) {
        final CommandLine line = new CommandLine(new SpindleMain());
        commands.forEach(provider -> line.addSubcommand(provider.get()));
        line.getSubcommands().values().forEach(SpindleMain::addHelp);
        line.getCommandSpec().mixinStandardHelpOptions(true);
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setExecutionExceptionHandler(SpindleMain::explain);
        return line;
    }

    private static String name(final Provider<?> provider) {
        return provider.type().getAnnotation(Command.class).name();
    }

    /** Commands need not declare {@code --help}: every one, at any depth, has it. */
    private static void addHelp(final CommandLine line) {
        if (line.getCommandSpec().findOption("--help") == null) {
            line.getCommandSpec().mixinStandardHelpOptions(true);
            final var version = line.getCommandSpec().findOption("--version");
            if (version != null) {
                line.getCommandSpec().remove(version);
            }
        }
        line.getSubcommands().values().forEach(SpindleMain::addHelp);
    }

    /** One line for what went wrong; the stack only for those who ask for it. */
    private static int explain(
            final Exception failure, final CommandLine line, final CommandLine.ParseResult result) {
        final String message =
                failure.getMessage() == null ? failure.toString() : failure.getMessage();
        line.getErr().println(line.getColorScheme().errorText("spindle: " + message));
        if (Boolean.getBoolean("spindle.debug")) {
            failure.printStackTrace(line.getErr());
        }
        return line.getCommandSpec().exitCodeOnExecutionException();
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Say what to do; for example: spindle run");
    }
}
