package io.spindle.mgmt.control;

import io.spindle.oms.Ascii;
import io.spindle.oms.command.StartAlgorithmEncoder;
import io.spindle.oms.command.StopAlgorithmEncoder;

import java.util.UUID;

/** What may be asked about algorithms. */
public final class AlgorithmCommands {
    private AlgorithmCommands() {}

    /**
     * How an algorithm goes about it.
     *
     * @param delayNs until the first slice
     * @param participationBps of the market's volume; 0 = follow the clock
     */
    public record Schedule(long delayNs, long intervalNs, int slices, int participationBps) {}

    /** Enters the order slice by slice; its time in force and options are not used. */
    public static AdminCommand start(
            final UUID request, final String username, final Ticket order, final Schedule how) {
        final String account = order.options().account();
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final StartAlgorithmEncoder command = new StartAlgorithmEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .username(Ascii.pack(username))
                            .symbol(Ascii.pack(order.symbol()))
                            .quantity(order.quantity())
                            .price(order.price())
                            .delayNs(how.delayNs())
                            .intervalNs(how.intervalNs())
                            .accountHigh(Ascii.pack(account))
                            .accountLow(Ascii.pack(account, Long.BYTES))
                            .clOrdIdHigh(Ascii.pack(order.clientOrderId()))
                            .clOrdIdLow(Ascii.pack(order.clientOrderId(), Long.BYTES))
                            .slices(how.slices())
                            .participationBps(how.participationBps())
                            .kind((byte) (how.participationBps() == 0 ? 'T' : 'V'))
                            .side((byte) order.side())
                            .capacity((byte) 'A');
                    return command.limit();
                });
    }

    public static AdminCommand stop(
            final UUID request, final String username, final long number, final String operator) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final StopAlgorithmEncoder command = new StopAlgorithmEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .username(Ascii.pack(username))
                            .number(number)
                            .operatorId(Ascii.pack(operator));
                    return command.limit();
                });
    }
}
