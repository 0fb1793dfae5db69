package io.spindle.perf.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles the C programs of a measurement: the plain references, which are no part of this project
 * and come from a folder that the user names, and ours, which lie beside this class and use their
 * ring calls.
 *
 * @param references folder of the references
 * @param into folder for what is compiled
 */
record CSources(Path references, Path into) {
    /** One of the references. */
    Path reference(final String name) throws IOException {
        return compile(references.resolve(name + ".c"), name);
    }

    /** One of ours, compiled against the references' header. */
    Path own(final String name) throws IOException {
        return compile(unpack(name), name, "-I", references.toString());
    }

    /** One of ours as a library for the JVM that runs this. */
    Path library(final String name) throws IOException {
        final Path headers = Path.of(System.getProperty("java.home"), "include");
        return compile(
                unpack(name),
                "lib" + name + ".so",
                "-shared",
                "-fPIC",
                "-I",
                headers.toString(),
                "-I",
                headers.resolve("linux").toString());
    }

    private Path unpack(final String name) throws IOException {
        final Path source = into.resolve(name + ".c");
        try (InputStream own = CSources.class.getResourceAsStream(name + ".c")) {
            Files.write(source, own.readAllBytes());
        }
        return source;
    }

    private Path compile(final Path source, final String name, final String... options)
            throws IOException {
        final Path program = into.resolve(name);
        final List<String> command = new ArrayList<>(List.of("gcc", "-O2", "-march=native"));
        command.addAll(List.of(options));
        command.addAll(List.of("-o", program.toString(), source.toString()));
        WireRig.run(command.toArray(String[]::new));
        return program;
    }
}
