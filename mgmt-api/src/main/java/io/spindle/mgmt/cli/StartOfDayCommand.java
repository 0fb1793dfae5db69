package io.spindle.mgmt.cli;

import com.fasterxml.jackson.databind.JsonNode;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code spindle start-of-day}: the morning from the command line. */
@Command(
        name = "start-of-day",
        description = {
            "Shows and drives the start of a trading day: close, load files, look, sign off.",
            "Talks to the management API of the appliance that runs on the data folder."
        },
        subcommands = {
            StartOfDayCommand.Gate.class,
            StartOfDayCommand.Open.class,
            StartOfDayCommand.Load.class,
            StartOfDayCommand.SignOff.class
        })
public final class StartOfDayCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    @Option(
            names = "--data",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data folder of the appliance (default: ./data).")
    private Path data;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (ApiClient api = ApiClient.of(data)) {
            show(api.get("/v1/start-of-day"));
        }
        return 0;
    }

    @Command(name = "gate", description = "Makes every new day begin closed, or open again.")
    static final class Gate implements Callable<Integer> {
        @ParentCommand private StartOfDayCommand day;

        @Parameters(paramLabel = "on|off", description = "on: days have to be signed off")
        private String state;

        @Override
        public Integer call() throws IOException, InterruptedException {
            try (ApiClient api = ApiClient.of(day.data)) {
                final boolean required = state.equals("on");
                if (!required && !state.equals("off")) {
                    throw new IOException(state + ": must be on or off");
                }
                final JsonNode answer =
                        api.change(
                                "/v1/start-of-day/gate",
                                Map.of("required", required, "reason", "command line"));
                day.show(api.get("/v1/start-of-day"));
                if (answer.has("maker")) {
                    day.tellThatItWaits(answer);
                }
            }
            return 0;
        }
    }

    private void tellThatItWaits(final JsonNode proposal) {
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "waits until %s for a second person: /v1/proposals/%s%n",
                proposal.path("expires").asText(), proposal.path("id").asText());
        out.flush();
    }

    @Command(
            name = "open",
            description = "Closes the market for all but cancels, and begins the day.")
    static final class Open implements Callable<Integer> {
        @ParentCommand private StartOfDayCommand day;

        @Parameters(paramLabel = "DATE", description = "yyyy-mm-dd")
        private String date;

        @Option(
                names = "--expect",
                split = ",",
                paramLabel = "KIND.SOURCE",
                description = "Files without which it cannot be signed off.")
        private List<String> expected;

        @Override
        public Integer call() throws IOException, InterruptedException {
            try (ApiClient api = ApiClient.of(day.data)) {
                day.show(
                        api.post(
                                "/v1/start-of-day",
                                Map.of(
                                        "date",
                                        date,
                                        "expected",
                                        expected == null ? List.of() : expected,
                                        "reason",
                                        "command line")));
            }
            return 0;
        }
    }

    @Command(name = "load", description = "Loads files; says what is wrong by line and field.")
    static final class Load implements Callable<Integer> {
        @ParentCommand private StartOfDayCommand day;

        @Parameters(paramLabel = "FILE", arity = "1..*", description = "CSV files")
        private List<Path> files;

        @Option(names = "--validate", description = "Only say what would change.")
        private boolean validate;

        @Override
        public Integer call() throws IOException, InterruptedException {
            int faulty = 0;
            try (ApiClient api = ApiClient.of(day.data)) {
                for (final Path file : files) {
                    faulty += day.load(api, file, validate) ? 0 : 1;
                }
            }
            return faulty == 0 ? 0 : 1;
        }
    }

    private boolean load(final ApiClient api, final Path file, final boolean validate)
            throws InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final String name = file.getFileName().toString();
        final String path =
                "/v1/start-of-day/files?validate=" + validate + "&name=" + ApiClient.encode(name);
        try {
            final ProgressBarBuilder bar = bar(name, Files.size(file));
            final HttpRequest.BodyPublisher body =
                    HttpRequest.BodyPublishers.ofInputStream(() -> open(file, bar));
            describe(out, api.post(path, "text/csv", body));
            return true;
        } catch (final IOException problem) {
            out.println(name + ": " + problem.getMessage());
            out.flush();
            return false;
        }
    }

    private static ProgressBarBuilder bar(final String name, final long size) {
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(size)
                .setUnit(" KiB", 1_024)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(100);
    }

    private static InputStream open(final Path file, final ProgressBarBuilder bar) {
        try {
            return ProgressBar.wrap(Files.newInputStream(file), bar);
        } catch (final IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static void describe(final PrintWriter out, final JsonNode report) {
        out.printf(
                "%s.%s: %s rows, %s, %d different, %d quarantined%n",
                report.path("kind").asText(),
                report.path("source").asText(),
                report.path("rows").asText(),
                report.path("validated").asBoolean()
                        ? "nothing changed"
                        : report.path("loaded").asText() + " loaded",
                report.path("differences").size(),
                report.path("quarantined").size());
        int shown = 0;
        for (final JsonNode row : report.path("quarantined")) {
            if (shown++ == SHOWN) {
                out.println("  …");
                break;
            }
            out.printf(
                    "  line %s, %s: %s%n",
                    row.path("line").asText(),
                    row.path("key").asText(),
                    row.path("reason").asText());
        }
        out.flush();
    }

    @Command(name = "sign-off", description = "Opens the market.")
    static final class SignOff implements Callable<Integer> {
        @ParentCommand private StartOfDayCommand day;

        @Option(names = "--reason", required = true, description = "Kept in the audit.")
        private String reason;

        @Option(names = "--accept-quarantine", description = "Although rows are quarantined.")
        private boolean accept;

        @Override
        public Integer call() throws IOException, InterruptedException {
            try (ApiClient api = ApiClient.of(day.data)) {
                day.show(
                        api.post(
                                "/v1/start-of-day/sign-off",
                                Map.of("reason", reason, "acceptQuarantine", accept)));
            }
            return 0;
        }
    }

    private void show(final JsonNode status) {
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "trading date %s, market %s, days begin %s%n",
                status.path("tradingDate").asText(),
                status.path("closed").asBoolean() ? "CLOSED" : "open",
                status.path("required").asBoolean() ? "closed" : "open");
        status.path("files")
                .forEach(
                        file ->
                                out.printf(
                                        "  %-24s %s rows, %s loaded, %s quarantined%n",
                                        file.path("label").asText(),
                                        file.at("/loaded/rows").asText(),
                                        file.at("/loaded/loaded").asText(),
                                        file.at("/loaded/quarantined").asText()));
        status.path("missing").forEach(label -> out.printf("  %-24s missing%n", label.asText()));
        out.flush();
    }
}
