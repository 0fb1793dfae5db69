package io.spindle.perf.load;

import io.spindle.log.AckLevel;
import io.spindle.log.DataFolder;
import io.spindle.perf.demo.Appliance;
import io.spindle.standby.StandbyKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The standby of an appliance, where its acknowledgements wait for one; else nothing.
 *
 * @param runArguments with which the appliance is to run
 */
record StandbyChild(Optional<Process> process, List<String> runArguments) implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    /** Room for the engine. */
    private static final List<String> JVM_ARGUMENTS = List.of("-XX:MaxDirectMemorySize=4g");

    /**
     * @param primary the primary's folder, from which the key is taken
     * @param data own folder, not the primary's
     * @param portBase of the primary
     */
    static StandbyChild start(
            final AckLevel level, final Path primary, final Path data, final int portBase)
            throws IOException {
        final String ack = level.option();
        if (level != AckLevel.REPLICATED) {
            return new StandbyChild(Optional.empty(), List.of("--ack", ack));
        }
        final DataFolder folder = new DataFolder(primary).create();
        StandbyKey.made(folder);
        Files.copy(
                folder.standbyKey(),
                new DataFolder(data).standbyKey(),
                StandardCopyOption.COPY_ATTRIBUTES);
        final List<String> standby =
                List.of(
                        "standby",
                        "--data",
                        data.toString(),
                        "--primary",
                        LOOPBACK + ":" + portBase);
        return new StandbyChild(
                Optional.of(Appliance.spindle(data.resolve("standby.log"), JVM_ARGUMENTS, standby)),
                List.of("--ack", ack, "--standby", LOOPBACK));
    }

    @Override
    public void close() {
        process.ifPresent(Process::destroyForcibly);
        process.ifPresent(child -> child.onExit().join());
    }
}
