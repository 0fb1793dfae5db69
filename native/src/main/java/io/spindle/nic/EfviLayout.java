package io.spindle.nic;

/**
 * Memory shared with the ef_vi shim, {@code src/main/c/efvi_port.h}, host byte order:
 *
 * <pre>
 *   harvest   0          4           8       12        16          24              32              40
 *             +----------+-----------+-------+---------+-----------+---------------+---------------+-----------+
 *             | received | completed | reset | drained | discarded | no descriptor | transmit errs | overflows |
 *             +----------+-----------+-------+---------+-----------+---------------+---------------+-----------+
 *             48: 32 records                         816: completions, a token of 4 bytes each
 *
 *   record    0          8          16      20      24      descriptor  0       4        8
 *             +----------+----------+-------+-------+                   +-------+--------+
 *             | frame    | stamp ns | token | length|                   | token | length |
 *             +----------+----------+-------+-------+                   +-------+--------+
 *
 *   facts     0      4         8             12            16      24     32
 *             +------+---------+-------------+-------------+-------+------+
 *             | arch | granted | rx capacity | tx capacity | mtu   | mac  |
 *             +------+---------+-------------+-------------+-------+------+
 * </pre>
 */
final class EfviLayout {
    static final int BUFFER_LENGTH = 2048;
    static final int EVENTS = 32;

    static final int RECEIVED_OFFSET = 0;
    static final int COMPLETED_OFFSET = 4;
    static final int RESET_OFFSET = 8;
    static final int DRAINED_OFFSET = 12;
    static final int DISCARDED_OFFSET = 16;
    static final int NO_DESCRIPTOR_OFFSET = 24;
    static final int TRANSMIT_ERRORS_OFFSET = 32;
    static final int OVERFLOWS_OFFSET = 40;
    static final int RECORDS_OFFSET = 48;
    static final int RECORD_LENGTH = 24;
    static final int COMPLETIONS_OFFSET = RECORDS_OFFSET + EVENTS * RECORD_LENGTH;

    static final int RECORD_FRAME_OFFSET = 0;
    static final int RECORD_STAMP_OFFSET = 8;
    static final int RECORD_TOKEN_OFFSET = 16;
    static final int RECORD_LENGTH_OFFSET = 20;

    static final int DESCRIPTOR_LENGTH = 8;
    static final int DESCRIPTOR_SIZE_OFFSET = 4;

    static final int FACTS_ARCH_OFFSET = 0;
    static final int FACTS_GRANTED_OFFSET = 4;
    static final int FACTS_RX_CAPACITY_OFFSET = 8;
    static final int FACTS_TX_CAPACITY_OFFSET = 12;
    static final int FACTS_MTU_OFFSET = 16;
    static final int FACTS_MAC_OFFSET = 24;
    static final int FACTS_LENGTH = 32;

    private EfviLayout() {}
}
