package io.spindle.perf.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project on disk: its modules, their sources and their class files. */
final class CompiledTree {
    static final Path ROOT = Path.of(System.getProperty("spindle.root", "..")).toAbsolutePath();

    static final List<String> MODULES =
            List.of("native", "matcher", "oms", "datapath", "tuning", "mgmt-api", "perf");

    private CompiledTree() {}

    /** Folders of main class files, of those modules that have any. */
    static List<Path> classFolders() {
        return MODULES.stream()
                .map(module -> ROOT.resolve(module).resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
    }

    /** Main classes whose package is one of these, subpackages not included. */
    static List<ClassModel> classesIn(final List<String> packages) {
        return classFolders().stream()
                .flatMap(
                        folder ->
                                packages.stream()
                                        .map(name -> folder.resolve(name.replace('.', '/'))))
                .filter(Files::isDirectory)
                .flatMap(folder -> files(folder, 1, ".class"))
                .map(CompiledTree::parse)
                .toList();
    }

    /** Every Java source of the project, tests included, generated code excluded. */
    static List<Path> sources() {
        return MODULES.stream()
                .map(module -> ROOT.resolve(module).resolve("src"))
                .filter(Files::isDirectory)
                .flatMap(folder -> files(folder, Integer.MAX_VALUE, ".java"))
                .toList();
    }

    /** A class of the class path by its internal name. */
    static ClassModel load(final String internalName) {
        final ClassLoader loader = CompiledTree.class.getClassLoader();
        try (InputStream in = loader.getResourceAsStream(internalName + ".class")) {
            return ClassFile.of().parse(in.readAllBytes());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(final Path folder, final int depth, final String ending) {
        try (Stream<Path> walk = Files.walk(folder, depth)) {
            return walk.filter(path -> path.toString().endsWith(ending)).sorted().toList().stream();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassModel parse(final Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
