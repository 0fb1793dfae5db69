package io.spindle.tuning.cli;

import io.spindle.tuning.plan.Applier;
import io.spindle.tuning.plan.RollbackJournal;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Put every journalled setting back to its old value, newest change first.")
final class RollbackCommand implements Callable<Integer> {
    @ParentCommand private TuneCommand tune;

    @Option(
            names = "--other-boot",
            description = "Restore even what was journalled before the machine last started.")
    private boolean otherBoot;

    @Override
    public Integer call() throws IOException {
        final RollbackJournal journal = new RollbackJournal(tune.journalFile, tune.root());
        if (!journal.exists()) {
            tune.out().println("nothing to roll back: no journal at " + journal.file());
            tune.out().flush();
            return 0;
        }
        if (!otherBoot && journal.ofAnotherBoot()) {
            return refuse(journal);
        }
        final List<Applier.Outcome> told =
                new Applier(tune.root(), journal, step -> {})
                        .rollback().stream().filter(RollbackCommand::isNews).toList();
        return ApplyCommand.print(told, "restored", tune.out());
    }

    /** Of a card much more is journalled than was changed in the end. */
    private static boolean isNews(final Applier.Outcome outcome) {
        return !outcome.done()
                || !outcome.problem().isEmpty()
                || !outcome.before().equals(outcome.after());
    }

    private int refuse(final RollbackJournal journal) throws IOException {
        tune.out()
                .printf(
                        "%s is of another boot (%s): this one did not begin with its values%n"
                                + "nothing restored; --other-boot restores them all the same%n",
                        journal.file(), journal.boot());
        tune.out().flush();
        return 1;
    }
}
