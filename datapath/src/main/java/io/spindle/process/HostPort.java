package io.spindle.process;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** An address as an option gives it: {@code HOST:PORT}. */
public record HostPort(String host, int port) {
    private static final int MAX_PORT = 0xFFFF;

    /**
     * Reads an option's value.
     *
     * @param spec the option's command
     * @param option its name
     * @throws ParameterException if the value has another form
     */
    public static HostPort of(final CommandSpec spec, final String option, final String value) {
        final int colon = value.lastIndexOf(':');
        final String digits = value.substring(colon + 1);
        if (colon < 1 || !digits.matches("\\d{1,5}") || Integer.parseInt(digits) > MAX_PORT) {
            throw new ParameterException(
                    spec.commandLine(), option + " " + value + ": expected HOST:PORT");
        }
        return new HostPort(value.substring(0, colon), Integer.parseInt(digits));
    }
}
