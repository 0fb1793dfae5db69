package io.spindle.mgmt.control;

import io.spindle.oms.Ascii;
import io.spindle.oms.command.DayStartEncoder;
import io.spindle.oms.command.SetDayGateEncoder;
import io.spindle.oms.command.SetEntryStateEncoder;

import java.util.UUID;

/** What may be asked of a trading day: whether it begins closed, that it begins, that it opens. */
public final class DayCommands {
    /** The authority that closes and opens days; operators cannot lift what it has set. */
    public static final int SUPERVISOR = 3;

    /** Of a day that begins in order. */
    static final int FIRST_EPOCH = 1;

    private DayCommands() {}

    /** From now on a new day begins closed, or open. */
    public static AdminCommand requireGate(final UUID request, final boolean required) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final SetDayGateEncoder command = new SetDayGateEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .required((short) (required ? 1 : 0));
                    return command.limit();
                });
    }

    /** Nothing but cancels is taken from now on; or everything again. */
    public static AdminCommand gate(
            final UUID request, final boolean closed, final String operator) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final SetEntryStateEncoder command = new SetEntryStateEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .scope(Scope.Kind.SYSTEM.letter)
                            .state((byte) (closed ? 'C' : 'A'))
                            .cancelOrders((short) 0)
                            .authority((short) SUPERVISOR)
                            .firm(0)
                            .accountHigh(Ascii.BLANK)
                            .accountLow(Ascii.BLANK)
                            .username(Ascii.BLANK)
                            .operatorId(Ascii.pack(operator));
                    return command.limit();
                });
    }

    /**
     * A new trading day; nobody is answered.
     *
     * @param date yyyymmdd
     */
    public static AdminCommand dayStart(final int date) {
        return AdminCommand.unnumbered(
                (buffer, header) -> {
                    final DayStartEncoder command = new DayStartEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .date(date)
                            .epoch((short) FIRST_EPOCH);
                    return command.limit();
                });
    }
}
