package io.spindle.perf.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The machine behind a figure: without it the figure means nothing. */
public record Environment(List<String> lines) {
    static final String LOOPBACK = "socket, loopback; sender and appliance share the machine";

    /**
     * @param backend what carried the messages, in words
     */
    public static Environment read(final String backend) throws IOException {
        final List<String> lines = new ArrayList<>();
        lines.add("cpu      " + processor());
        lines.add("cpus     " + Runtime.getRuntime().availableProcessors());
        lines.add("kernel   " + first("/proc/version"));
        lines.add("cmdline  " + first("/proc/cmdline"));
        lines.add("load     " + first("/proc/loadavg"));
        lines.add("java     " + Runtime.version());
        lines.add("backend  " + backend);
        return new Environment(List.copyOf(lines));
    }

    private static String processor() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }

    private static String first(final String file) throws IOException {
        return Files.readString(Path.of(file)).strip();
    }
}
