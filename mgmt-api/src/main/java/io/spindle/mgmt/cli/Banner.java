package io.spindle.mgmt.cli;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

import java.io.PrintWriter;

/** The addresses of an appliance, for a person. */
final class Banner {
    private Banner() {}

    static void print(
            final PrintWriter out, final ColorScheme colors, final ApplianceOptions options) {
        final int base = options.portBase;
        final Ansi ansi = colors.ansi();
        out.println(
                ansi.string(
                        """

                        @|bold Spindle|@ on %s
                          order entry     udp 127.0.0.1:%d
                          market data     udp 239.192.64.1:%d (A), 239.192.64.2:%d (B)
                          re-request      udp 127.0.0.1:%d   snapshot :%d   drop copy :%d
                          API, console    @|underline %s|@   (key: %s)
                          logs            %s
                          another shell   spindle status, spindle client, spindle stop
                        """
                                .formatted(
                                        options.data.toAbsolutePath().normalize(),
                                        base,
                                        base + 10,
                                        base + 11,
                                        base + 20,
                                        base + 21,
                                        base + 22,
                                        options.console(),
                                        options.data.resolve("admin.key"),
                                        options.data.resolve("run"))));
        out.flush();
    }
}
