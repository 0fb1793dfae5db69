package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Fact;

/** Takes facts in the order in which they became true, on the replica's thread. */
@FunctionalInterface
public interface FactListener {
    void on(Fact fact);

    /** All facts of the commands up to this sequence have been told. */
    default void applied(final long sequence) {}
}
