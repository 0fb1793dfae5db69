package io.spindle.standby;

import io.spindle.log.DataFolder;
import io.spindle.log.LogDamaged;
import io.spindle.log.RingReader;

import java.io.IOException;
import java.util.UUID;

/**
 * What a primary believes of its standby's messages, and what it answers: the rules of the link
 * without its socket.
 *
 * <p>Only what answers this life of the process counts, and only the newest of it: an old message
 * sent again renews nothing. A higher epoch is believed at any time, for it is never taken back.
 *
 * <p>One standby is believed at a time: of two, each could take over while the other keeps the
 * lease. Another process is believed once the lease has run out.
 */
final class PrimarySide {
    private final DataFolder folder;
    private final UUID log;
    private final long recorded;
    private final long life;
    private boolean heard;
    private long call;
    private long strange;
    private long contested;
    private long newestClockNs;
    private long newestNumber;

    /**
     * @param recorded last sequence of the recording when this process began
     * @param life drawn for this life of the process
     */
    PrimarySide(final DataFolder folder, final long recorded, final long life) throws IOException {
        this.folder = folder;
        this.log = folder.logId();
        this.recorded = recorded;
        this.life = life;
    }

    /**
     * Takes a message that the standby has sealed.
     *
     * @param nowNs the machine's monotonic clock, which the loop reads too
     * @return the answer, null if the message is another log's
     * @throws LogDamaged if a standby has taken over, or holds what was lost here
     */
    StandbyMessage take(final StandbyMessage message, final RingReader ring, final long nowNs)
            throws IOException {
        final boolean ours = message.log().equals(log);
        if (!ours && !message.log().equals(StandbyMessage.UNKNOWN)) {
            return null;
        }
        final long epoch = folder.epoch();
        if (ours && message.epoch() > epoch) {
            ring.leaseNs(0);
            folder.fence(message.epoch());
            folder.checkNotFenced();
        }
        if (ours && message.epoch() == epoch && isNew(message) && message.clockNs() - nowNs <= 0) {
            hear(message, ring, nowNs);
        }
        return new StandbyMessage(
                epoch, log, ring.sequence(), nowNs, life, message.call(), message.number());
    }

    private void hear(final StandbyMessage message, final RingReader ring, final long nowNs) {
        final boolean isOther = heard && message.call() != call;
        if (isOther && nowNs - newestClockNs < StandbyMessage.LEASE_NS) {
            strange++;
            return;
        }
        checkNotAhead(message.sequence(), Math.max(recorded, ring.sequence()));
        contested += isOther ? 0 : strange;
        strange = 0;
        heard = true;
        call = message.call();
        newestClockNs = message.clockNs();
        newestNumber = message.number();
        ring.replicatedSequence(message.sequence());
        ring.leaseNs(message.clockNs() + StandbyMessage.LEASE_NS);
    }

    /** Words of another standby between two of the one that is believed: two are running. */
    long contested() {
        return contested;
    }

    /** A standby that began again answers a later clock, and counts from the beginning. */
    private boolean isNew(final StandbyMessage message) {
        final long later = message.clockNs() - newestClockNs;
        return message.life() == life
                && (!heard || later > 0 || later == 0 && message.number() > newestNumber);
    }

    /** It has nothing but what was recorded here, so what it has was here once. */
    private void checkNotAhead(final long theirs, final long ours) {
        if (theirs > ours) {
            throw new LogDamaged(
                    folder.path()
                            + " ends with sequence "
                            + ours
                            + ", and its standby holds "
                            + theirs,
                    "commands were lost here: promote the standby");
        }
    }
}
