package io.spindle.bpf;

import io.spindle.bpf.BpfAssembler.Width;

import java.util.function.Consumer;

/**
 * The XDP program: whole UDP datagrams to one port go to the AF_XDP socket of their queue,
 * everything else stays with the kernel, which so keeps answering ARP and ping.
 *
 * <pre>
 *                    ┌ no ───────────────────────────────────────────────┐
 *   [tag = vlan] ─▶ IPv4, no options ─▶ not a fragment ─▶ UDP ─▶ address ─▶ port ─▶ redirect
 *                    └ XDP_PASS ◀────────────────────────────────────────┘          (XDP_PASS if
 *                                                                                    no socket)
 * </pre>
 *
 * @param port UDP destination port
 * @param address IPv4 destination in host order, 0 for any
 * @param vlan 802.1Q tag that frames must bear, 0 for untagged frames
 * @param clock whose time the 8 bytes in front of the frame get
 */
public record PortFilter(int port, int address, int vlan, ArrivalClock clock) {
    private static final int CONTEXT_DATA = 0;
    private static final int CONTEXT_DATA_END = 4;
    private static final int CONTEXT_DATA_META = 8;
    private static final int CONTEXT_QUEUE = 16;

    private static final int TAG_LENGTH = 4;
    private static final int ETHER_TYPE_OFFSET = 12;
    private static final int TAG_OFFSET = 14;
    private static final int VERSION_OFFSET = 14;
    private static final int FRAGMENT_OFFSET = 20;
    private static final int PROTOCOL_OFFSET = 23;
    private static final int ADDRESS_OFFSET = 30;
    private static final int PORT_OFFSET = 36;
    private static final int HEADERS_LENGTH = 42;

    private static final int ETHER_TYPE_IPV4 = 0x0800;
    private static final int ETHER_TYPE_VLAN = 0x8100;
    private static final int TAG_ID_MASK = 0x0FFF;
    private static final int FRAGMENT_MASK = 0x3FFF;
    private static final int VERSION_4_NO_OPTIONS = 0x45;
    private static final int UDP = 17;

    private static final int HELPER_KTIME_GET_NS = 5;
    private static final int HELPER_REDIRECT_MAP = 51;
    private static final int HELPER_ADJUST_META = 54;
    private static final int XDP_PASS = 2;
    private static final int STAMP_LENGTH = 8;
    private static final int STACK = 10;
    private static final String PASS = "pass";

    /** The program for a map of AF_XDP sockets by queue number. */
    public byte[] assemble(final int socketMapFd) {
        final BpfAssembler code = new BpfAssembler();
        code.moveRegister(6, 1);
        matchHeaders(code, vlan == 0 ? 0 : TAG_LENGTH);
        switch (clock) {
            case ArrivalClock.None() -> {}
            case ArrivalClock.Monotonic() -> stamp(code, PortFilter::readMonotonic);
            case ArrivalClock.Card(final int function) -> stamp(code, it -> readCard(it, function));
        }
        code.load(Width.WORD, 2, 6, CONTEXT_QUEUE)
                .loadMap(1, socketMapFd)
                .move(3, XDP_PASS)
                .call(HELPER_REDIRECT_MAP)
                .exit();
        return code.label(PASS).move(0, XDP_PASS).exit().assemble();
    }

    private void matchHeaders(final BpfAssembler code, final int shift) {
        code.load(Width.WORD, 2, 6, CONTEXT_DATA)
                .load(Width.WORD, 3, 6, CONTEXT_DATA_END)
                .moveRegister(4, 2)
                .add(4, HEADERS_LENGTH + shift)
                .jumpIfGreater(4, 3, PASS);
        if (vlan != 0) {
            code.load(Width.HALF, 5, 2, ETHER_TYPE_OFFSET)
                    .jumpUnlessEqual(5, network16(ETHER_TYPE_VLAN), PASS)
                    .load(Width.HALF, 5, 2, TAG_OFFSET)
                    .and(5, network16(TAG_ID_MASK))
                    .jumpUnlessEqual(5, network16(vlan), PASS);
        }
        code.load(Width.HALF, 5, 2, ETHER_TYPE_OFFSET + shift)
                .jumpUnlessEqual(5, network16(ETHER_TYPE_IPV4), PASS)
                .load(Width.BYTE, 5, 2, VERSION_OFFSET + shift)
                .jumpUnlessEqual(5, VERSION_4_NO_OPTIONS, PASS)
                .load(Width.HALF, 5, 2, FRAGMENT_OFFSET + shift)
                .and(5, network16(FRAGMENT_MASK))
                .jumpUnlessEqual(5, 0, PASS)
                .load(Width.BYTE, 5, 2, PROTOCOL_OFFSET + shift)
                .jumpUnlessEqual(5, UDP, PASS)
                .load(Width.HALF, 5, 2, PORT_OFFSET + shift)
                .jumpUnlessEqual(5, network16(port), PASS);
        if (address != 0) {
            matchAddress(code, shift);
        }
    }

    /** In halves: a comparison extends its immediate's sign, a loaded word has none. */
    private void matchAddress(final BpfAssembler code, final int shift) {
        code.load(Width.HALF, 5, 2, ADDRESS_OFFSET + shift)
                .jumpUnlessEqual(5, network16(address >>> 16), PASS)
                .load(Width.HALF, 5, 2, ADDRESS_OFFSET + 2 + shift)
                .jumpUnlessEqual(5, network16(address & 0xFFFF), PASS);
    }

    /** Frames that find no room for the stamp pass to the kernel: never one without a stamp. */
    private static void stamp(final BpfAssembler code, final Consumer<BpfAssembler> readClock) {
        code.moveRegister(1, 6)
                .move(2, -STAMP_LENGTH)
                .call(HELPER_ADJUST_META)
                .jumpUnlessEqual(0, 0, PASS);
        readClock.accept(code);
        code.load(Width.WORD, 2, 6, CONTEXT_DATA_META)
                .load(Width.WORD, 3, 6, CONTEXT_DATA)
                .moveRegister(4, 2)
                .add(4, STAMP_LENGTH)
                .jumpIfGreater(4, 3, PASS)
                .store(Width.LONG, 2, 0, 0);
    }

    private static void readMonotonic(final BpfAssembler code) {
        code.call(HELPER_KTIME_GET_NS);
    }

    /** Into the stack, which stays 0 when the driver has no stamp for the frame. */
    private static void readCard(final BpfAssembler code, final int function) {
        code.move(2, 0)
                .store(Width.LONG, STACK, -STAMP_LENGTH, 2)
                .moveRegister(1, 6)
                .moveRegister(2, STACK)
                .add(2, -STAMP_LENGTH)
                .callKernel(function)
                .load(Width.LONG, 0, STACK, -STAMP_LENGTH);
    }

    /** A 16-bit network-order field as a little-endian load of it reads. */
    private static int network16(final int value) {
        return Short.toUnsignedInt(Short.reverseBytes((short) value));
    }
}
