package io.spindle.tuning.cli;

import io.spindle.tuning.plan.Applier;
import io.spindle.tuning.plan.RollbackJournal;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.util.concurrent.Callable;

@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Put every journalled setting back to its old value, newest change first.")
final class RollbackCommand implements Callable<Integer> {
    @ParentCommand private TuneCommand tune;

    @Override
    public Integer call() throws IOException {
        final RollbackJournal journal = new RollbackJournal(tune.journalFile);
        if (!journal.exists()) {
            tune.out().println("nothing to roll back: no journal at " + journal.file());
            tune.out().flush();
            return 0;
        }
        return ApplyCommand.print(
                new Applier(tune.root(), journal, step -> {}).rollback(), "restored", tune.out());
    }
}
