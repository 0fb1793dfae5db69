package io.spindle.journal;

import io.spindle.log.DataFolder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A media process with the small sizes of {@link LogFixture}, to be killed. */
final class MediaMain {
    public static void main(final String[] arguments) throws IOException {
        new MediaProcess(
                        new DataFolder(Path.of(arguments[0])),
                        LogFixture.CONFIG,
                        System.out::println)
                .run(() -> true);
    }

    static Process start(final Path data) throws IOException {
        final List<String> command =
                Stream.of(
                                Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")),
                                Stream.of(System.getProperty("spindle.jvm.flags").split(" ")),
                                Stream.of("-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp"),
                                Stream.of(System.getProperty("java.class.path")),
                                Stream.of(MediaMain.class.getName(), data))
                        .flatMap(part -> part)
                        .map(Object::toString)
                        .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private MediaMain() {}
}
