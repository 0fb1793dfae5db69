package io.spindle.tuning.cli;

import io.spindle.tuning.profile.InvalidProfileException;
import io.spindle.tuning.profile.ProfileLint;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = "Check profiles: shape, inheritance, known traps of kernels and JVMs.")
final class LintCommand implements Callable<Integer> {
    @ParentCommand private TuneCommand tune;

    @Parameters(
            arity = "0..*",
            paramLabel = "PROFILE",
            description = "All of the folder when none.")
    private List<String> names = List.of();

    @Override
    public Integer call() {
        final PrintWriter out = tune.out();
        int faults = 0;
        for (final String name : names.isEmpty() ? tune.profiles().names() : names) {
            try {
                final List<String> warnings =
                        ProfileLint.check(tune.profiles().read(name), tune.machine(), tune.root());
                out.println(name + ": " + (warnings.isEmpty() ? "sound" : ""));
                warnings.forEach(warning -> out.println("  " + warning));
                faults += warnings.size();
            } catch (final InvalidProfileException refused) {
                out.println(name + ": refused");
                refused.complaints().forEach(complaint -> out.println("  " + complaint));
                faults++;
            }
        }
        out.flush();
        return faults == 0 ? 0 : 1;
    }
}
