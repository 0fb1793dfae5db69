package io.spindle.capture;

/**
 * Blocks of a pcapng file (IETF draft-ietf-opsawg-pcapng), each between two equal lengths:
 *
 * <pre>
 *   0        4        8                          n-4      n
 *   +--------+--------+---------------- - - -----+--------+
 *   | type   | length | body, padded to 4        | length |
 *   +--------+--------+---------------- - - -----+--------+
 *
 *   section header    magic 4 │ major 2 │ minor 2 │ section length 8 (−1 = unknown)
 *   interface         link type 2 │ 0 2 │ snap length 4 │ options
 *   enhanced packet   interface 4 │ time high 4 │ time low 4 │ captured 4 │ original 4 │ bytes │ options
 *   statistics        interface 4 │ time high 4 │ time low 4 │ options
 *   option            code 2 │ length 2 │ value, padded to 4
 * </pre>
 *
 * The byte order is the writer's; the section's magic tells which.
 */
final class PcapNg {
    static final int SECTION_HEADER = 0x0A0D0D0A;
    static final int INTERFACE = 1;
    static final int STATISTICS = 5;
    static final int ENHANCED_PACKET = 6;

    static final int MAGIC = 0x1A2B3C4D;
    static final short LINK_TYPE_ETHERNET = 1;
    static final int FRAMING_LENGTH = 12;
    static final int BODY_OFFSET = 8;

    static final int PACKET_TIME_HIGH_OFFSET = 4;
    static final int PACKET_TIME_LOW_OFFSET = 8;
    static final int PACKET_CAPTURED_OFFSET = 12;
    static final int PACKET_BYTES_OFFSET = 20;

    static final short OPTION_END = 0;
    static final short OPTION_NAME = 2;
    static final short OPTION_FLAGS = 2;
    static final short OPTION_DROPPED = 5;
    static final short OPTION_RESOLUTION = 9;
    static final byte NANOSECONDS = 9;
    static final int DIRECTION_MASK = 3;
    static final int INBOUND = 1;
    static final int OUTBOUND = 2;

    private PcapNg() {}

    static int padded(final int length) {
        return length + 3 & ~3;
    }
}
