package io.spindle.perf.all;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code bench all} measures, in this order. */
enum Step {
    LOAD("round trips from idle to saturation, then every load profile"),
    START("the first orders after a start"),
    BOOK("the bare book beside the floor and exchange-core"),
    ENGINE("the engine with accounts and risk beside exchange-core"),
    JMH("each operation and stage alone") {
        @Override
        Optional<String> obstacle() {
            if (!Files.exists(sources().resolve("pom.xml"))) {
                return Optional.of("there are no sources in " + sources());
            }
            return isOnPath("mvn") ? Optional.empty() : Optional.of("there is no mvn on the PATH");
        }
    },
    WIRE("round trips over a veth pair beside the C echoes") {
        @Override
        Optional<String> obstacle() {
            return obstacleToRig();
        }
    },
    LADDER("rising rates over a veth pair beside the C echo") {
        @Override
        Optional<String> obstacle() {
            return obstacleToRig();
        }
    };

    private final String words;

    Step(final String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** As it is called in a table and in the name of a file. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Why it cannot be measured here; empty = it can. */
    Optional<String> obstacle() {
        return Optional.empty();
    }

    /** The folder that the launcher lies in. */
    static Path sources() {
        return Path.of(System.getProperty("spindle.root", "."));
    }

    private static Optional<String> obstacleToRig() {
        final boolean possible =
                "root".equals(System.getProperty("user.name"))
                        && Runtime.getRuntime().availableProcessors() >= 2
                        && isOnPath("ip");
        return possible
                ? Optional.empty()
                : Optional.of("two network namespaces take root, iproute2 and two cores");
    }

    private static boolean isOnPath(final String program) {
        final String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
