package io.spindle.nic;

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
 * @param timestamps clock of the receive stamps: none, monotonic, realtime or hardware
 * @param reason why this backend was chosen over the ones before it
 */
public record NicInfo(
        String backend,
        String mode,
        String interfaceName,
        String driver,
        int queue,
        int rxRing,
        int txRing,
        String timestamps,
        String reason) {}
