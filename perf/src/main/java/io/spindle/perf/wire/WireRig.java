package io.spindle.perf.wire;

import io.spindle.affinity.CoreClearing;
import io.spindle.affinity.CpuSet;

import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Two network namespaces joined by a veth pair, and the processes of a measurement in them. The
 * server's core is kept free of every other process of the machine meanwhile.
 */
final class WireRig implements Closeable {
    static final String DEVICE = "sp0";
    static final String SERVER_ADDRESS = "10.98.0.1";
    static final String CLIENT_ADDRESS = "10.98.0.2";
    static final int PORT = 26_400;
    static final int SERVER_CPU = 1;
    static final int CLIENT_CPU = 0;

    /**
     * Of every JVM: ahead of the rest of the machine while it warms up, for a spinning pair that is
     * preempted by turns takes minutes to compile; far behind its own hot thread afterwards.
     */
    static final String NICE = "-5";

    private static final long STOP_PATIENCE_S = 15;

    private final String near = "spw" + ProcessHandle.current().pid() + "n";
    private final String far = "spw" + ProcessHandle.current().pid() + "f";
    private final Path folder = Files.createTempDirectory("spindle-wire");
    private final CoreClearing clearing = CoreClearing.of(CpuSet.of(SERVER_CPU));

    WireRig() throws IOException {
        run("ip", "netns", "add", near);
        run("ip", "netns", "add", far);
        run(
                ("ip -n " + near + " link add " + DEVICE + " type veth peer name " + DEVICE)
                        .concat(" netns " + far)
                        .split(" "));
        raise(near, SERVER_ADDRESS);
        raise(far, CLIENT_ADDRESS);
        neighbour(near, far, CLIENT_ADDRESS);
        neighbour(far, near, SERVER_ADDRESS);
    }

    private static void raise(final String namespace, final String address) throws IOException {
        run("ip", "-n", namespace, "addr", "add", address + "/24", "dev", DEVICE);
        run("ip", "-n", namespace, "link", "set", "lo", "up");
        run("ip", "-n", namespace, "link", "set", DEVICE, "up");
    }

    /** A fixed entry, so that no round meets an ARP exchange. */
    private static void neighbour(final String at, final String other, final String address)
            throws IOException {
        final String mac =
                run("ip", "netns", "exec", other, "cat", "/sys/class/net/" + DEVICE + "/address");
        run(
                ("ip -n " + at + " neigh replace " + address + " lladdr " + mac.strip())
                        .concat(" dev " + DEVICE + " nud permanent")
                        .split(" "));
    }

    Path folder() {
        return folder;
    }

    /** Hardware address of the server's end, as text. */
    String serverMac() throws IOException {
        return run("ip", "netns", "exec", near, "cat", "/sys/class/net/" + DEVICE + "/address")
                .strip();
    }

    /** Pulls the cable out for good: both ends vanish. */
    void unplug() throws IOException {
        run("ip", "-n", far, "link", "del", DEVICE);
    }

    /** Starts a server and waits until it says it is ready. */
    Process serve(final List<String> command) throws IOException {
        return serve(command, "ready");
    }

    /** Starts a server and waits for a line with this in it. */
    Process serve(final List<String> command, final String sign) throws IOException {
        final Process process = in(near, command).redirectErrorStream(true).start();
        final StringBuilder said = new StringBuilder();
        String line = process.inputReader().readLine();
        while (line != null && !line.contains(sign)) {
            said.append(line).append('\n');
            line = process.inputReader().readLine();
        }
        if (line == null) {
            throw new IOException("the server did not come up: " + command + "\n" + said);
        }
        return process;
    }

    /** Stops a server and returns what it said last. */
    static String stop(final Process server) throws IOException {
        // By handle: Process.destroy would close the streams that the last words come through.
        server.toHandle().destroy();
        try {
            if (!server.waitFor(STOP_PATIENCE_S, TimeUnit.SECONDS)) {
                server.toHandle().destroyForcibly();
            }
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return server.inputReader().lines().collect(Collectors.joining("\n"));
    }

    /** Runs the client to its end and returns its line. */
    String ask(final List<String> command) throws IOException {
        final Path errors = folder.resolve("client.err");
        final Process process = in(far, command).redirectError(errors.toFile()).start();
        final String output = new String(process.getInputStream().readAllBytes()).strip();
        if (!process.onExit().join().isAlive() && process.exitValue() != 0) {
            throw new IOException("client failed: " + Files.readString(errors));
        }
        return output;
    }

    private static ProcessBuilder in(final String namespace, final List<String> command) {
        final List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        whole.addAll(command);
        return new ProcessBuilder(whole);
    }

    /** A JVM like this one, with these arguments. */
    static List<String> java(final Class<?> main, final Object... arguments) {
        final List<String> command = new ArrayList<>(List.of("nice", "-n", NICE));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of(
                        "-Xms1g",
                        "-XX:+AlwaysPreTouch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName()));
        for (final Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    static String run(final String... command) throws IOException {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes());
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        clearing.close();
        run("ip", "netns", "del", near);
        run("ip", "netns", "del", far);
        org.agrona.IoUtil.delete(folder.toFile(), true);
    }
}
