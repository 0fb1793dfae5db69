package io.spindle.nic;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds the shim over the software double of ef_vi, with the compiler of the machine. */
final class EfviDouble {
    /** Cards that the double can play. */
    enum Card {
        EF10,
        X2,
        EFCT
    }

    static final int EVENT_DISCARD = 2;
    static final int EVENT_TX_ERROR = 3;
    static final int EVENT_RESET = 6;

    private static final Path C = Path.of(System.getProperty("spindle.root"), "native", "src");
    private static final Path OUT =
            Path.of(System.getProperty("spindle.root"), "native", "target", "efvi");
    private static final List<String> WARNINGS =
            List.of("gcc", "-std=gnu11", "-Wall", "-Wextra", "-Werror");
    private static final List<String> SHIM = List.of("efvi_port.c", "efvi_datapath.c");
    private static final List<String> DOUBLE = List.of("ef_vi_double.c", "ef_vi_double_datapath.c");
    private static Path library;

    private EfviDouble() {}

    /** Why nothing can be built here, or null when it can. */
    static String missing() {
        try {
            VethPair.run("gcc --version");
            return null;
        } catch (final IOException failure) {
            System.out.println("ef_vi shim tests skipped, they need gcc: " + failure.getMessage());
            return failure.getMessage();
        }
    }

    /** The shim with the double in it, built once. */
    static synchronized Path library() throws IOException {
        if (library == null) {
            final Path java = Path.of(System.getProperty("java.home"), "include");
            final Path built = OUT.resolve("libspindle_efvi_double.so");
            final List<String> command = new ArrayList<>(WARNINGS);
            command.addAll(List.of("-O2", "-fPIC", "-shared", "-I" + java, "-I" + java + "/linux"));
            addSources(command, built);
            command.add(C.resolve("main/c/efvi_jni.c").toString());
            compile(command);
            library = built;
        }
        return library;
    }

    /** A program of the test sources beside the shim and the double. */
    static Path program(final String source, final List<String> options) throws IOException {
        final Path built = OUT.resolve(source.replace(".c", ""));
        final List<String> command = new ArrayList<>(WARNINGS);
        command.addAll(options);
        addSources(command, built);
        command.add(C.resolve("test/c/" + source).toString());
        compile(command);
        return built;
    }

    /** A shared library of one file of the test sources. */
    static Path shared(final String source) throws IOException {
        final Path built = OUT.resolve(source.replace(".c", ".so"));
        final List<String> command = new ArrayList<>(WARNINGS);
        command.addAll(List.of("-fPIC", "-shared", "-o", built.toString()));
        command.add(C.resolve("test/c/" + source).toString());
        compile(command);
        return built;
    }

    private static void addSources(final List<String> command, final Path built) {
        command.addAll(List.of("-o", built.toString(), "-I" + C.resolve("test/c")));
        SHIM.forEach(file -> command.add(C.resolve("main/c/" + file).toString()));
        DOUBLE.forEach(file -> command.add(C.resolve("test/c/" + file).toString()));
    }

    private static void compile(final List<String> command) throws IOException {
        Files.createDirectories(OUT);
        VethPair.run(String.join(" ", command));
    }

    static void play(final Card card) throws IOException {
        call("ef_double_personality", card.ordinal());
    }

    /** The next occasion brings this event. */
    static void inject(final int eventType) throws IOException {
        call("ef_double_inject", eventType);
    }

    @SuppressWarnings("restricted")
    private static void call(final String function, final int argument) throws IOException {
        try {
            final var symbols = SymbolLookup.libraryLookup(library(), Arena.global());
            Linker.nativeLinker()
                    .downcallHandle(
                            symbols.findOrThrow(function),
                            FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
                    .invokeExact(argument);
        } catch (final IOException failure) {
            throw failure;
        } catch (final Throwable failure) {
            throw new IOException(failure);
        }
    }
}
