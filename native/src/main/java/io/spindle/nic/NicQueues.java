package io.spindle.nic;

import java.util.function.Consumer;

/**
 * Opens the queue that a configuration asks for.
 *
 * <p>{@code auto} steps down from the fastest backend and reports why each one was passed over; a
 * backend asked for by name opens or refuses, so that nobody trades on a slower one unawares.
 */
@Cold
public final class NicQueues {
    private NicQueues() {}

    /**
     * @param report told, line by line, which backends were passed over and why, and what was
     *     chosen
     * @throws NicRefusedException when no allowed backend works here
     */
    public static NicQueue open(final NicConfig config, final Consumer<String> report) {
        final StringBuilder passedOver = new StringBuilder();
        for (final NicBackend backend : NicBackend.allowedBy(config.backend())) {
            final String reason =
                    NicContext.AUTO.equals(config.backend())
                            ? passedOver.isEmpty() ? "auto: first choice" : "auto:" + passedOver
                            : "asked for by name";
            try {
                final NicQueue queue = backend.open(config, reason);
                report.accept("nic: " + queue.info().summary());
                return queue;
            } catch (final NicRefusedException refusal) {
                passedOver.append(passedOver.isEmpty() ? " " : "; ");
                passedOver.append("no ").append(backend.word()).append(", ");
                passedOver.append(refusal.getMessage());
                report.accept("nic: no " + backend.word() + ": " + refusal.getMessage());
            }
        }
        throw new NicRefusedException("backend " + config.backend() + " refused:" + passedOver);
    }
}
