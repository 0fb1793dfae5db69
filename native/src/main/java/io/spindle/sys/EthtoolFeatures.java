package io.spindle.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/**
 * What a card does with frames by itself: a bit each, whose place the kernel tells by its name, in
 * blocks of 32.
 */
final class EthtoolFeatures {
    /** Those that change what frames the loop gets and how they leave, in alphabetical order. */
    static final List<String> NAMES =
            List.of(
                    "rx-checksum",
                    "rx-gro",
                    "rx-gro-hw",
                    "rx-gro-list",
                    "rx-hashing",
                    "rx-lro",
                    "rx-ntuple-filter",
                    "rx-udp-gro-forwarding",
                    "rx-vlan-hw-parse",
                    "tx-generic-segmentation",
                    "tx-scatter-gather",
                    "tx-tcp-segmentation",
                    "tx-tcp6-segmentation",
                    "tx-udp-segmentation",
                    "tx-vlan-hw-insert");

    private static final int GSTRINGS = 0x1b;
    private static final int GSSET_INFO = 0x37;
    private static final int GFEATURES = 0x3a;
    private static final int SFEATURES = 0x3b;

    /** The set of names that this is about. */
    private static final int FEATURE_NAMES = 4;

    private static final int NAME_LENGTH = 32;
    private static final int NAMES_OFFSET = 12;
    private static final int COUNT_OFFSET = 16;

    private static final int BLOCK_BITS = 32;
    private static final int BLOCKS_OFFSET = 8;
    private static final int GET_BLOCK_LENGTH = 16;
    private static final int SET_BLOCK_LENGTH = 8;

    /** Words of a block that is read. */
    private static final int CHANGEABLE = 0;

    private static final int WANTED = 4;
    private static final int ACTIVE = 8;

    /** Set in the result of a request for what the card cannot change. */
    private static final int UNSUPPORTED = 1;

    private EthtoolFeatures() {}

    /** Empty when there is no such card or its kernel does not know the feature. */
    static Optional<Boolean> active(final String card, final String name) {
        return bit(card, name, ACTIVE);
    }

    /** Whether somebody has asked for it, in force or not; empty as {@link #active}. */
    static Optional<Boolean> wanted(final String card, final String name) {
        return bit(card, name, WANTED);
    }

    static boolean changeable(final String card, final String name) {
        return bit(card, name, CHANGEABLE).orElse(false);
    }

    /** 0 or a negated errno; another feature that this one needs may keep it off all the same. */
    static int request(final String card, final String name, final boolean on) {
        try (Arena arena = Arena.ofConfined()) {
            final int count = count(card, arena);
            final int index = index(card, name, count, arena);
            if (index < 0) {
                return -Errno.EOPNOTSUPP;
            }
            final MemorySegment request = blocks(SFEATURES, count, SET_BLOCK_LENGTH, arena);
            final long block = BLOCKS_OFFSET + (long) index / BLOCK_BITS * SET_BLOCK_LENGTH;
            final int mask = 1 << index % BLOCK_BITS;
            request.set(ValueLayout.JAVA_INT, block, mask);
            request.set(ValueLayout.JAVA_INT, block + Integer.BYTES, on ? mask : 0);
            final int result = Ethtool.call(card, request);
            return result > 0 && (result & UNSUPPORTED) != 0
                    ? -Errno.EOPNOTSUPP
                    : Math.min(0, result);
        }
    }

    private static Optional<Boolean> bit(final String card, final String name, final int word) {
        try (Arena arena = Arena.ofConfined()) {
            final int count = count(card, arena);
            final int index = index(card, name, count, arena);
            final MemorySegment state = blocks(GFEATURES, count, GET_BLOCK_LENGTH, arena);
            if (index < 0 || Ethtool.call(card, state) < 0) {
                return Optional.empty();
            }
            final long block = BLOCKS_OFFSET + (long) index / BLOCK_BITS * GET_BLOCK_LENGTH;
            final int bits = state.get(ValueLayout.JAVA_INT, block + word);
            return Optional.of((bits >>> index % BLOCK_BITS & 1) != 0);
        }
    }

    /** {@code struct ethtool_gfeatures} or {@code ethtool_sfeatures}: command, number, blocks. */
    private static MemorySegment blocks(
            final int command, final int count, final int blockLength, final Arena arena) {
        final int number = (count + BLOCK_BITS - 1) / BLOCK_BITS;
        final MemorySegment blocks =
                arena.allocate(BLOCKS_OFFSET + (long) number * blockLength, Long.BYTES);
        blocks.set(ValueLayout.JAVA_INT, 0, command);
        blocks.set(ValueLayout.JAVA_INT, Integer.BYTES, number);
        return blocks;
    }

    /**
     * How many features the kernel has; 0 when it does not say. {@code struct ethtool_sset_info}:
     * command, nothing, 64 bits for the sets asked for, their sizes.
     */
    private static int count(final String card, final Arena arena) {
        final MemorySegment info = arena.allocate(COUNT_OFFSET + Long.BYTES, Long.BYTES);
        info.set(ValueLayout.JAVA_INT, 0, GSSET_INFO);
        info.set(ValueLayout.JAVA_LONG, Long.BYTES, 1L << FEATURE_NAMES);
        return Ethtool.call(card, info) < 0 ? 0 : info.get(ValueLayout.JAVA_INT, COUNT_OFFSET);
    }

    /**
     * −1 when unknown. {@code struct ethtool_gstrings}: command, set, number, names, of which the
     * kernel writes all it has.
     */
    private static int index(
            final String card, final String name, final int count, final Arena arena) {
        if (count == 0) {
            return -1;
        }
        final MemorySegment strings =
                arena.allocate(NAMES_OFFSET + (long) count * NAME_LENGTH, Long.BYTES);
        strings.set(ValueLayout.JAVA_INT, 0, GSTRINGS);
        strings.set(ValueLayout.JAVA_INT, Integer.BYTES, FEATURE_NAMES);
        strings.set(ValueLayout.JAVA_INT, Long.BYTES, count);
        if (Ethtool.call(card, strings) < 0) {
            return -1;
        }
        for (int i = 0; i < count; i++) {
            if (strings.getString(NAMES_OFFSET + (long) i * NAME_LENGTH).equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
