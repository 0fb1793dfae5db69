package io.spindle.mgmt.control;

import java.util.Set;

/**
 * Ids of the commands that a piece of work sends to the engine, under which the log has them: the
 * request id of an admin command or a batch, the order id of a ticket. Of the thread that works.
 */
public final class SentCommands {
    private static final ScopedValue<Set<String>> IDS = ScopedValue.newInstance();

    private SentCommands() {}

    /** What sends commands. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /** Does the work and adds the ids of what it sends, each before it is sent. */
    public static void collect(final Set<String> ids, final Work work) throws Exception {
        ScopedValue.where(IDS, ids)
                .<Void, Exception>call(
                        () -> {
                            work.run();
                            return null;
                        });
    }

    static void add(final Object id) {
        if (IDS.isBound()) {
            IDS.get().add(id.toString());
        }
    }
}
