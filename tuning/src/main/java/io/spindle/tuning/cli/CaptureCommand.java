package io.spindle.tuning.cli;

import io.spindle.tuning.machine.Capture;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

@Command(
        name = "capture",
        mixinStandardHelpOptions = true,
        description = {
            "Copy everything the tuner looks at into a folder, for use with --root elsewhere.",
            "Its name, addresses of cards, UUIDs and serial numbers are left out, values of boot",
            "arguments that do not say how it runs, and texts that its kernel was built with; the",
            "kernel's release stays."
        })
final class CaptureCommand implements Callable<Integer> {
    @ParentCommand private TuneCommand tune;

    @Parameters(paramLabel = "DIR", description = "Folder to write, made when absent.")
    private Path target;

    @Override
    public Integer call() throws IOException {
        final int files = Capture.capture(tune.root(), target);
        tune.out().printf("%d files in %s%n", files, target);
        tune.out().flush();
        return 0;
    }
}
