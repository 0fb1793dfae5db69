package io.spindle.standby;

import io.spindle.log.DataFolder;
import io.spindle.log.DurableFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * What a standby believes of its primary, what it promises, and when it may take over: the rules of
 * the link without its socket.
 *
 * <p>Only an answer to this process counts, and only one to a later message than the last that
 * counted.
 */
final class StandbySide {
    /** Two clocks may run apart by this part of a lease, and then some. */
    private static final long MARGIN_NS = StandbyMessage.LEASE_NS / 10;

    private final DataFolder folder;
    private final long call;
    private final Path primary;
    private UUID log = StandbyMessage.UNKNOWN;
    private long epoch;
    private long clockNs;
    private long life;
    private long number;
    private long answered;
    private long primarySequence;
    private long promisedNs;

    /**
     * @param call drawn for this process
     * @param nowNs a promise of the process before may still hold
     */
    StandbySide(final DataFolder folder, final long call, final long nowNs) throws IOException {
        this.folder = folder;
        this.call = call;
        this.promisedNs = nowNs;
        primary = folder.path().resolve("primary.id");
        epoch = folder.epoch();
        if (Files.exists(primary)) {
            log = UUID.fromString(Files.readString(primary).strip());
        }
    }

    /**
     * Takes a message that the primary has sealed. One of a lower epoch is told of ours and given
     * no promise.
     *
     * @return whether it counts
     */
    boolean take(final StandbyMessage message) throws IOException {
        if (message.call() != call
                || message.number() <= answered
                || message.epoch() < epoch
                || !isPrimary(message.log())) {
            return false;
        }
        if (epoch < message.epoch()) {
            epoch = message.epoch();
            folder.epoch(epoch);
        }
        answered = message.number();
        clockNs = message.clockNs();
        life = message.life();
        primarySequence = message.sequence();
        return true;
    }

    /** The first log heard of is this folder's for good: another's commands would not fit. */
    private boolean isPrimary(final UUID sender) throws IOException {
        if (log.equals(StandbyMessage.UNKNOWN)) {
            DurableFile.write(primary, (sender + "\n").getBytes(StandardCharsets.US_ASCII));
            log = sender;
        }
        return log.equals(sender);
    }

    /**
     * A promise from now on.
     *
     * @param sequence last command held
     */
    StandbyMessage promise(final long sequence, final long nowNs) {
        promisedNs = nowNs;
        return message(sequence);
    }

    /** True once the last promise has run out, on whichever of the two clocks. */
    boolean mayTakeOver(final long nowNs) {
        return nowNs - promisedNs > StandbyMessage.LEASE_NS + MARGIN_NS;
    }

    /** Takes the log over: the epoch is raised, and no promise follows. Returns the new one. */
    long takeOver() throws IOException {
        epoch++;
        folder.epoch(epoch);
        return epoch;
    }

    /** What a primary of a lower epoch is told. */
    StandbyMessage message(final long sequence) {
        number++;
        return new StandbyMessage(epoch, log, sequence, clockNs, life, call, number);
    }

    /** Last command that the primary has told of. */
    long primarySequence() {
        return primarySequence;
    }
}
