package io.spindle.mgmt.cli;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.audit.AuditChain;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code spindle audit}: the record of what was asked of the management API. */
@Command(
        name = "audit",
        description = "Checks the record of what was asked of the management API.",
        subcommands = AuditCommand.Verify.class)
public final class AuditCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Say what to do; for example: spindle audit verify");
    }

    /** {@code spindle audit verify}. */
    @Command(
            name = "verify",
            description = {
                "Checks the hash chain of DATA/audit.log; may run beside a live appliance.",
                "Prints the last record as NUMBER:HASH. Written down elsewhere and given back with",
                "--head, it shows that nothing was cut off the end. Exit code: 0 intact, 1 not."
            })
    static final class Verify implements Callable<Integer> {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                defaultValue = "data",
                description = "Data folder (default: ./data).")
        private Path data;

        @Option(
                names = "--head",
                paramLabel = "NUMBER:HASH",
                description = "A record that must be in the chain.")
        private String head;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            final AuditChain.Finding finding =
                    AuditChain.verify(new DataFolder(data).audit(), head);
            final var out = spec.commandLine().getOut();
            out.println("records     " + finding.head().number());
            out.println("head        " + finding.head());
            out.println("verdict     " + (finding.isIntact() ? "intact" : finding.fault()));
            out.flush();
            return finding.isIntact() ? 0 : 1;
        }
    }
}
