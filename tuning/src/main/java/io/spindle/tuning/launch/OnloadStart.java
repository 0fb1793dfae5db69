package io.spindle.tuning.launch;

import io.spindle.tuning.machine.Root;
import io.spindle.tuning.profile.HwProfile;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a process starts by a profile's {@code onload}.
 *
 * <p>The variables reach it with every backend: Onload's library and that of ef_vi read their own,
 * nobody else reads any. One that the environment has keeps its value there. The launcher puts
 * Onload in front of the kernel's sockets, so only the socket backend starts by it.
 *
 * @param words of the command, in front of Java
 * @param remarks what is done, what is not and why, for a person
 */
public record OnloadStart(List<String> words, List<String> remarks) {
    static final OnloadStart NONE = new OnloadStart(List.of(), List.of());

    private static final String ENV = "/usr/bin/env";
    private static final String LAUNCHER = "/usr/bin/onload";

    /** The launcher does not start anything without it. */
    private static final String DRIVER = "/sys/module/onload";

    private static final String SOCKETS = "socket";

    static OnloadStart of(
            final HwProfile.Onload onload,
            final String backend,
            final Map<String, String> environment,
            final Root root) {
        final List<String> words = new ArrayList<>();
        final List<String> remarks = new ArrayList<>();
        onload.env.forEach(
                (name, value) -> {
                    final String present = environment.get(name);
                    if (present == null) {
                        words.add(name + "=" + value);
                    } else if (!present.equals(value)) {
                        remarks.add(
                                "the environment has %s=%s, which stays; the profile has %s"
                                        .formatted(name, present, value));
                    }
                });
        if (!words.isEmpty()) {
            remarks.addFirst(String.join(" ", words));
            words.addFirst(ENV);
        }
        if (!onload.profile.isEmpty()) {
            final List<String> launcher = List.of(LAUNCHER, "--profile=" + onload.profile);
            final String obstacle = obstacle(backend, root);
            if (obstacle.isEmpty()) {
                words.addAll(launcher);
            }
            remarks.add(
                    (obstacle.isEmpty() ? "under " : "not under ")
                            + String.join(" ", launcher)
                            + obstacle);
        }
        return new OnloadStart(List.copyOf(words), List.copyOf(remarks));
    }

    /** Why the launcher is of no use, empty when it is of use. */
    private static String obstacle(final String backend, final Root root) {
        if (!backend.equals(SOCKETS)) {
            return ": it is for --backend socket, this is " + backend;
        }
        if (!Files.isExecutable(root.base().resolve(LAUNCHER.substring(1)))) {
            return ": there is no such program";
        }
        return root.exists(DRIVER) ? "" : ": its driver is not loaded";
    }
}
