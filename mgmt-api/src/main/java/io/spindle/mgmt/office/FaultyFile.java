package io.spindle.mgmt.office;

import java.util.List;

/** A file that cannot be believed: nothing of it is used. */
public final class FaultyFile extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<FileFault> faults;

    FaultyFile(final List<FileFault> faults) {
        super(faults.getFirst().place() + ": " + faults.getFirst().detail());
        this.faults = List.copyOf(faults);
    }

    public List<FileFault> faults() {
        return faults;
    }
}
