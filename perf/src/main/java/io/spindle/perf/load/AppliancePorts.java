package io.spindle.perf.load;

import picocli.CommandLine.Option;

/** Where the appliance is reached that a bench of load starts. */
public final class AppliancePorts {
    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "27400",
            description = "First UDP port (default: ${DEFAULT-VALUE}).")
    private int base;

    @Option(
            names = "--api",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:18080",
            description = "Management API (default: ${DEFAULT-VALUE}).")
    private String api;

    public int base() {
        return base;
    }

    public String api() {
        return api;
    }
}
