package io.spindle.perf.wire;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One of those measured, and its rounds so far.
 *
 * @param name as the tables call it
 * @param question what the client asks of it: echo or order
 * @param command how its server is started
 * @param rounds percentiles of each round, ns
 */
record Contestant(String name, String question, List<String> command, List<Percentiles> rounds) {
    static Contestant of(final String name, final String question, final List<String> command) {
        return new Contestant(name, question, command, new ArrayList<>());
    }

    /** Measures one round. Returns what the server said at its end. */
    String measure(final WireRig rig, final int trips) throws IOException {
        return play(
                rig,
                WireRig.java(
                        WireClient.class,
                        WireRig.CLIENT_ADDRESS,
                        WireRig.SERVER_ADDRESS,
                        WireRig.PORT,
                        WireRig.CLIENT_CPU,
                        question,
                        trips,
                        histogramFile(rig)),
                line -> rounds.add(Percentiles.parse(line)));
    }

    /** Starts the server, lets a client play, hands on its line, and returns the server's last. */
    String play(final WireRig rig, final List<String> client, final Consumer<String> heard)
            throws IOException {
        final Process server = rig.serve(command);
        final String said;
        try {
            heard.accept(rig.ask(client));
        } finally {
            said = WireRig.stop(server);
        }
        return said;
    }

    /** An appliance, not a reference. */
    boolean isOurs() {
        return "order".equals(question);
    }

    Path histogramFile(final WireRig rig) {
        return rig.folder().resolve(name + ".hgrm");
    }

    long bestMin() {
        return rounds.stream().mapToLong(Percentiles::min).min().orElse(0);
    }
}
