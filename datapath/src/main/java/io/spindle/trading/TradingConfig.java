package io.spindle.trading;

import io.spindle.log.AckLevel;
import io.spindle.log.DataFolder;
import io.spindle.net.Ports;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the trading process is started with.
 *
 * @param folder where log and counters are
 * @param ports the appliance's UDP ports
 * @param backend NIC backend, or auto
 * @param address IPv4 address of order entry, host order; market data leaves by its interface
 * @param interfaceName kernel name of the interface, empty for backends that need none
 * @param bootstrap what an empty log begins with
 * @param cpu core to pin the loop to and spin on, 0 = share the machine
 * @param maxWaitNs new orders are refused once a datagram waited longer than this for the loop
 * @param timestamps whether datagrams are stamped when they arrive
 * @param capture pcapng file that gets a copy of every frame
 * @param attest folder for signed attestations of every order's times; implies stamps
 * @param ack how safe a command must be before its answers leave
 * @param standby whether a standby is configured: then the loop goes on only while it lets it
 * @param rehearsal the longest that made-up orders may warm the code before the port opens, 0 = not
 */
public record TradingConfig(
        DataFolder folder,
        Ports ports,
        String backend,
        int address,
        String interfaceName,
        Bootstrap bootstrap,
        int cpu,
        long maxWaitNs,
        boolean timestamps,
        Optional<Path> capture,
        Optional<Path> attest,
        AckLevel ack,
        boolean standby,
        Duration rehearsal) {
    private static final int LOOPBACK_NET = 127;

    public TradingConfig {
        if (ack == AckLevel.REPLICATED && !standby) {
            throw new IllegalArgumentException("--ack replicated waits for a standby: --standby");
        }
        if (attest.isPresent() && ack != AckLevel.RING) {
            throw new IllegalArgumentException(
                    "--attest times answers that leave in the turn of their order: --ack ring only");
        }
    }

    /** True when order entry can be reached from this machine only. */
    boolean isLoopback() {
        return address >>> 24 == LOOPBACK_NET;
    }
}
