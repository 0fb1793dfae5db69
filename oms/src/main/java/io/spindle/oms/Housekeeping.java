package io.spindle.oms;

import io.spindle.oms.command.AccountQueryDecoder;
import io.spindle.oms.command.CheckpointDecoder;
import io.spindle.oms.command.ClockAnchorDecoder;
import io.spindle.oms.command.DayStartDecoder;
import io.spindle.oms.command.SessionDownDecoder;
import io.spindle.oms.command.SessionUpDecoder;

/** Sessions coming and going, the clock, the calendar and checkpoints. */
final class Housekeeping {
    private final EngineState state;
    private final SessionTable sessions;
    private final DayOpening opening;
    private final Emitter emitter;

    Housekeeping(final Tables tables, final DayOpening opening, final Emitter emitter) {
        this.opening = opening;
        this.state = tables.state;
        this.sessions = tables.sessions;
        this.emitter = emitter;
    }

    void query(final AccountQueryDecoder command) {
        final int session = command.session();
        if (sessions.isDefined(session)) {
            final int userRefIdx = command.userRefIdx();
            emitter.nextUserRefNum(
                    session, userRefIdx, sessions.lastUserRefNum(session, userRefIdx) + 1);
        }
    }

    void sessionUp(final SessionUpDecoder command) {
        final int session = command.session();
        if (!sessions.isDefined(session)) {
            return;
        }
        final Slab records = sessions.records();
        records.putInt(session, SessionTable.ADDRESS, (int) command.address());
        records.putShort(session, SessionTable.PORT, command.port());
        records.putLong(session, SessionTable.MAC, command.mac());
        records.putByte(session, SessionTable.UP, 1);
        emitter.sessionUp(session);
    }

    void sessionDown(final SessionDownDecoder command) {
        final int session = command.session();
        if (sessions.isDefined(session) && sessions.isUp(session)) {
            sessions.records().putByte(session, SessionTable.UP, 0);
            emitter.sessionDown(session, command.reason());
        }
    }

    void clockAnchor(final ClockAnchorDecoder command) {
        state.set(EngineState.CLOCK_OFFSET_NS, command.offsetNs());
    }

    void checkpoint(final CheckpointDecoder command) {
        final long expected = command.eventDigest();
        final long actual = state.get(EngineState.DIGEST);
        if (expected != actual) {
            emitter.digestMismatch(expected, actual);
        }
    }

    /** Outbound sequences and the public feed begin at 1 again; UserRefNum goes on. */
    void dayStart(final DayStartDecoder command) {
        state.set(EngineState.DATE, command.date());
        state.set(EngineState.EPOCH, command.epoch());
        for (int session = 0; session < sessions.count(); session++) {
            sessions.records().putLong(session, SessionTable.NEXT_OUTBOUND, 1);
        }
        emitter.dayStart((int) command.date(), command.epoch());
        opening.publish();
    }
}
