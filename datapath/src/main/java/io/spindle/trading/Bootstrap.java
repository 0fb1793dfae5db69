package io.spindle.trading;

import io.spindle.oms.CommandSink;
import io.spindle.oms.SampleMarket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an empty log begins with. */
public sealed interface Bootstrap permits Bootstrap.Sample, Bootstrap.None, Bootstrap.Folder {
    /** The sample market of the handbook. */
    record Sample() implements Bootstrap {}

    /** Nothing: everything is defined through the management API. */
    record None() implements Bootstrap {}

    /** The CSV files of a folder. */
    record Folder(Path path) implements Bootstrap {}

    /** Reads the command line's word: absent, none, or a folder. */
    static Bootstrap parse(final String word) {
        if (word == null) {
            return new Sample();
        }
        if (word.equals("none")) {
            return new None();
        }
        final Path path = Path.of(word);
        if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException("--bootstrap " + word + ": no such folder");
        }
        return new Folder(path);
    }

    /** Writes the configuration as one batch of commands. */
    default void write(final CommandSink sink) throws IOException {
        switch (this) {
            case Sample() -> SampleMarket.write(sink);
            case None() -> {}
            case Folder(final Path path) -> new BootstrapFolder(path).write(sink);
        }
    }
}
