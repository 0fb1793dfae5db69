package io.spindle.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.spindle.sys.Libc;
import io.spindle.sys.SystemCallException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The commands of bpf(2) that XDP needs. Each {@code union bpf_attr} is written by hand; the
 * offsets are those of {@code linux/bpf.h}, bytes not written stay zero as the kernel demands.
 */
public final class Bpf {
    /** {@code XDP_FLAGS_SKB_MODE}: after the kernel has made a packet buffer; on any interface. */
    public static final int GENERIC = 2;

    /** {@code XDP_FLAGS_DRV_MODE}: in the driver. */
    public static final int NATIVE = 4;

    private static final int MAP_CREATE = 0;
    private static final int MAP_UPDATE_ELEM = 2;
    private static final int PROG_LOAD = 5;
    private static final int LINK_CREATE = 28;
    private static final int MAP_TYPE_XSKMAP = 17;
    private static final int PROG_TYPE_XDP = 6;
    private static final int ATTACH_XDP = 37;
    private static final int MAP_CREATE_LENGTH = 72;
    private static final int MAP_UPDATE_LENGTH = 32;
    private static final int PROG_LOAD_LENGTH = 120;
    private static final int LINK_CREATE_LENGTH = 64;
    private static final int LOG_LENGTH = 64 << 10;
    private static final int FLAGS_OFFSET = 44;
    private static final int NAME_OFFSET = 48;
    private static final int INTERFACE_OFFSET = 64;
    private static final int DEVICE_BOUND_ONLY = 1 << 6;

    /** By this name {@code bpftool} and {@code ip link} show the program. */
    public static final String PROGRAM_NAME = "spindle_port";

    /** The monotonic clock's helper is offered to programs under a licence like this only. */
    private static final String LICENCE = "Dual BSD/GPL";

    private final Libc libc = new Libc();

    /** A map from queue number to AF_XDP socket. */
    public int createSocketMap(final int queues) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment attributes = arena.allocate(MAP_CREATE_LENGTH, 8);
            attributes.set(JAVA_INT, 0, MAP_TYPE_XSKMAP);
            attributes.set(JAVA_INT, 4, Integer.BYTES);
            attributes.set(JAVA_INT, 8, Integer.BYTES);
            attributes.set(JAVA_INT, 12, queues);
            return call("create a socket map", MAP_CREATE, attributes);
        }
    }

    public void putSocket(final int mapFd, final int queue, final int socketFd) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment attributes = arena.allocate(MAP_UPDATE_LENGTH, 8);
            attributes.set(JAVA_INT, 0, mapFd);
            attributes.set(JAVA_LONG, 8, arena.allocateFrom(JAVA_INT, queue).address());
            attributes.set(JAVA_LONG, 16, arena.allocateFrom(JAVA_INT, socketFd).address());
            call("put a socket into its map", MAP_UPDATE_ELEM, attributes);
        }
    }

    /**
     * @param interfaceIndex the only interface that it will be attached to, so that it may ask that
     *     one's driver for metadata; 0 = any, which may not
     * @throws SystemCallException with the verifier's words when it rejects the program
     */
    public int load(final byte[] program, final int interfaceIndex) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment code = arena.allocate(program.length, 8);
            code.copyFrom(MemorySegment.ofArray(program));
            final MemorySegment log = arena.allocate(LOG_LENGTH);
            final MemorySegment attributes = arena.allocate(PROG_LOAD_LENGTH, 8);
            attributes.set(JAVA_INT, 0, PROG_TYPE_XDP);
            attributes.set(JAVA_INT, 4, program.length / BpfAssembler.INSTRUCTION_LENGTH);
            attributes.set(JAVA_LONG, 8, code.address());
            attributes.set(JAVA_LONG, 16, arena.allocateFrom(LICENCE).address());
            attributes.set(JAVA_INT, 24, 1);
            attributes.set(JAVA_INT, 28, LOG_LENGTH);
            attributes.set(JAVA_LONG, 32, log.address());
            attributes.setString(NAME_OFFSET, PROGRAM_NAME);
            if (interfaceIndex != 0) {
                attributes.set(JAVA_INT, FLAGS_OFFSET, DEVICE_BOUND_ONLY);
                attributes.set(JAVA_INT, INTERFACE_OFFSET, interfaceIndex);
            }
            final int fd = libc.bpf(PROG_LOAD, attributes.address(), PROG_LOAD_LENGTH);
            if (fd < 0) {
                throw new SystemCallException("load the XDP program " + log.getString(0), fd);
            }
            return fd;
        }
    }

    /**
     * Attaches a program for as long as the returned descriptor is open: a process that dies, in
     * whatever way, leaves the interface clean.
     *
     * @param mode {@link #NATIVE} or {@link #GENERIC}
     * @return the link's descriptor or a negated errno
     */
    public int attach(final int programFd, final int interfaceIndex, final int mode) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment attributes = arena.allocate(LINK_CREATE_LENGTH, 8);
            attributes.set(JAVA_INT, 0, programFd);
            attributes.set(JAVA_INT, 4, interfaceIndex);
            attributes.set(JAVA_INT, 8, ATTACH_XDP);
            attributes.set(JAVA_INT, 12, mode);
            return libc.bpf(LINK_CREATE, attributes.address(), LINK_CREATE_LENGTH);
        }
    }

    private int call(final String purpose, final int command, final MemorySegment attributes) {
        return SystemCallException.check(
                purpose, libc.bpf(command, attributes.address(), (int) attributes.byteSize()));
    }
}
