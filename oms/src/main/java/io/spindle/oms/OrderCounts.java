package io.spindle.oms;

/**
 * New orders by what became of them: every one received is, within its command, either accepted or
 * rejected at one stage, so that received = accepted + rejected between any two commands. Counted
 * are orders of sessions, tickets and slices of algorithms; not replaces, nor numbers used before.
 * An order that is held or queued was accepted: what becomes of it later is not counted again.
 *
 * <p>No part of the state: in no snapshot and no hash, 0 when an engine is made. One writer, the
 * engine's thread, with plain stores.
 */
public final class OrderCounts {
    /** Orders whose number was new. */
    public long received;

    /** Orders for which no token was left, with no queue to wait in or with a full one. */
    public long rejectedByRate;

    /** Orders with a field, an option or a link that cannot be, or for a halted instrument. */
    public long rejectedByFields;

    /** Orders that a risk check refused, one of the standard checks or of those added. */
    public long rejectedByRisk;

    /** Orders that an authorisation rule forbids. */
    public long rejectedByRule;

    /** Orders that the book does not take, or for which there is no room or no venue. */
    public long rejectedByBook;

    /** Orders that passed every stage and have a record. */
    public long accepted;

    OrderCounts() {}

    /** All that were rejected. */
    public long rejected() {
        return rejectedByRate + rejectedByFields + rejectedByRisk + rejectedByRule + rejectedByBook;
    }

    /** Begins at 0 again, for a loop that has replayed what another one counted. */
    public void restart() {
        received = 0;
        rejectedByRate = 0;
        rejectedByFields = 0;
        rejectedByRisk = 0;
        rejectedByRule = 0;
        rejectedByBook = 0;
        accepted = 0;
    }
}
