package io.spindle.nic;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a queue turned out to be, for the start banner and {@code /v1/nic}.
 *
 * @param backend efvi, afxdp, socket or sim
 * @param mode the backend's own words, such as "native, copy" or "recvmmsg"
 * @param interfaceName kernel name, or the bind address of a socket
 * @param driver kernel driver, "-" when there is none
 * @param queue hardware queue number
 * @param rxRing receive ring entries
 * @param txRing transmit ring entries
 * @param mac Ethernet address of the interface in the low 48 bits, made up where there is none
 * @param address IPv4 address of order entry in host order, 0 for any
 * @param port UDP port of order entry
 * @param timestamps clock of the receive stamps: none, monotonic, realtime or hardware
 * @param reason why this backend was chosen over the ones before it
 */
@Cold
public record NicInfo(
        String backend,
        String mode,
        String interfaceName,
        String driver,
        int queue,
        int rxRing,
        int txRing,
        long mac,
        int address,
        int port,
        String timestamps,
        String reason) {

    /** Everything by name, for other processes to show. */
    public Map<String, String> describe() {
        final Map<String, String> names = new LinkedHashMap<>();
        names.put("backend", backend);
        names.put("mode", mode);
        names.put("interface", interfaceName);
        names.put("driver", driver);
        names.put("queue", Integer.toString(queue));
        names.put("rxRing", Integer.toString(rxRing));
        names.put("txRing", Integer.toString(txRing));
        names.put("mac", HexFormat.ofDelimiter(":").formatHex(macBytes()));
        names.put("address", Ipv4.text(address));
        names.put("port", Integer.toString(port));
        names.put("timestamps", timestamps);
        names.put("reason", reason);
        return names;
    }

    private byte[] macBytes() {
        final byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(mac).array();
        return Arrays.copyOfRange(all, Short.BYTES, Long.BYTES);
    }

    /** One line for the start banner. */
    public String summary() {
        return String.format(
                "%s (%s) on %s, driver %s, queue %d, rings %d/%d, stamps %s; %s",
                backend, mode, interfaceName, driver, queue, rxRing, txRing, timestamps, reason);
    }
}
