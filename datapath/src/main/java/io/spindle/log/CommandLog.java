package io.spindle.log;

import org.agrona.MutableDirectBuffer;

/**
 * The log port: everything that may change the engine goes in through {@link #claim} and {@link
 * #commit} and comes back, in sequence, through {@link #poll}. The loop applies only what poll
 * hands back; nothing else knows which log it is.
 *
 * <p><i>Called from</i> the loop's thread only.
 */
public interface CommandLog {
    /** Returned by {@link #claim} when the log is too full for this kind of command. */
    int BACK_PRESSURED = -1;

    /** The memory in which claims are made. */
    MutableDirectBuffer buffer();

    /**
     * Claims room for one command. At most one claim is open at a time.
     *
     * @param maxLength bytes wanted, at most {@link #maxCommandLength}
     * @param reserved true for what must work while new orders are refused: cancels, refusals,
     *     timers, admin
     * @return offset in {@link #buffer} at which to encode, or {@link #BACK_PRESSURED}
     */
    int claim(int maxLength, boolean reserved);

    /**
     * Makes the claimed command part of the log.
     *
     * @param length bytes really used, from the offset of the claim
     * @param timeNs log time: ns since the Unix epoch, never below the one before
     * @return the command's sequence number, the first of a log being 1
     */
    long commit(int length, long timeNs);

    /** Gives the claim back; the log is as if it had never been made. */
    void abort();

    /**
     * Hands over commands that are part of the log and were not handed over before.
     *
     * @return number of commands handed over, at most {@code limit}
     */
    int poll(CommandHandler handler, int limit);

    /** Sequence of the last committed command, 0 in an empty log. */
    long lastSequence();

    int maxCommandLength();

    /** Sequence of the last command that is this safe. */
    long safeSequence(AckLevel level);

    /** Why whoever records asks for no new orders, 0 if it does not: {@link Refusal}. */
    int refusal();

    /**
     * Reads the memory of the next claim, so that its cache lines are here when the claim comes.
     *
     * @return nothing of use; take it, or the compiler leaves the reads out
     */
    long warm();
}
