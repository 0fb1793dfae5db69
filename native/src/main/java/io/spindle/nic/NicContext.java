package io.spindle.nic;

import java.util.ArrayList;
import java.util.List;

/**
 * What an operator says about the interface, with a default for everything. Set what differs, then
 * {@link #conclude} once.
 *
 * <pre>
 *   setting              unit          default     limits
 *   backend              -             auto        auto, efvi, afxdp, socket
 *   interfaceName        -             none        kernel name; needed by efvi and afxdp
 *   address              IPv4          127.0.0.1
 *   port                 UDP           26400       0 (socket only: any free one) … 65535
 *   multicastAddress     IPv4          127.0.0.1   address of the interface multicast leaves by
 *   queue                -             0           ≥ 0: the first one; afxdp takes the others too
 *   burstFrames          frames        64          1 … 1024
 *   ringFrames           frames        2048        power of two, 64 … 32768, ≥ burstFrames
 *   receiveBufferBytes   bytes         4 MiB       ≥ 64 KiB
 *   busyPollMicros       µs            0           ≥ 0
 *   vlan                 802.1Q id     0           0 (untagged) … 4094
 *   attach               -             auto        auto, native, generic: the XDP program's place
 *   efviLibrary          file          none        libspindle_efvi.so on the library path
 *   timestamps           -             false
 * </pre>
 */
@Cold
public final class NicContext {
    /** The choice that steps down from the fastest backend to the one that works here. */
    public static final String AUTO = "auto";

    private static final int LOOPBACK = 127 << 24 | 1;
    private static final List<String> ATTACHMENTS = List.of(AUTO, "native", "generic");
    private static final int KIB = 1024;

    /** Each costs an AF_XDP socket with frame memory of its own. */
    static final int MAX_QUEUES = 16;

    private final List<String> violations = new ArrayList<>();
    private String backend = AUTO;
    private String interfaceName = "";
    private int address = LOOPBACK;
    private int port = 26400;
    private int multicastAddress = LOOPBACK;
    private int queue;
    private int burstFrames = 64;
    private int ringFrames = 2048;
    private int receiveBufferBytes = 4096 * KIB;
    private int busyPollMicros;
    private int vlan;
    private String attach = AUTO;
    private String efviLibrary = "";
    private boolean timestamps;

    public NicContext backend(final String choice) {
        backend = choice;
        return this;
    }

    public NicContext interfaceName(final String name) {
        interfaceName = name;
        return this;
    }

    /** IPv4 address in host order. */
    public NicContext address(final int ipv4) {
        address = ipv4;
        return this;
    }

    public NicContext port(final int udpPort) {
        port = udpPort;
        return this;
    }

    /** IPv4 address, in host order, of the interface by which multicast leaves. */
    public NicContext multicastAddress(final int ipv4) {
        multicastAddress = ipv4;
        return this;
    }

    public NicContext queue(final int index) {
        queue = index;
        return this;
    }

    public NicContext burstFrames(final int frames) {
        burstFrames = frames;
        return this;
    }

    public NicContext ringFrames(final int frames) {
        ringFrames = frames;
        return this;
    }

    public NicContext receiveBufferBytes(final int bytes) {
        receiveBufferBytes = bytes;
        return this;
    }

    public NicContext busyPollMicros(final int micros) {
        busyPollMicros = micros;
        return this;
    }

    public NicContext vlan(final int tag) {
        vlan = tag;
        return this;
    }

    public NicContext attach(final String place) {
        attach = place;
        return this;
    }

    public NicContext efviLibrary(final String file) {
        efviLibrary = file;
        return this;
    }

    public NicContext timestamps(final boolean wanted) {
        timestamps = wanted;
        return this;
    }

    /**
     * Checks every setting and the relations between them.
     *
     * @throws IllegalArgumentException listing every violation as {@code name=value: limit}
     */
    public NicConfig conclude() {
        violations.clear();
        require(port >= 0 && port <= 65_535, "port=" + port + ": 0 … 65535");
        require(queue >= 0, "queue=" + queue + ": ≥ 0");
        require(
                burstFrames >= 1 && burstFrames <= 1024,
                "burstFrames=" + burstFrames + ": 1 … 1024");
        require(
                Integer.bitCount(ringFrames) == 1 && ringFrames >= 64 && ringFrames <= 32_768,
                "ringFrames=" + ringFrames + ": a power of two, 64 … 32768");
        require(
                burstFrames <= ringFrames,
                "burstFrames=" + burstFrames + ": a burst is taken out of one ring");
        require(
                receiveBufferBytes >= 64 * KIB,
                "receiveBufferBytes=" + receiveBufferBytes + ": ≥ 64 KiB");
        require(busyPollMicros >= 0, "busyPollMicros=" + busyPollMicros + ": ≥ 0");
        require(vlan >= 0 && vlan <= 4094, "vlan=" + vlan + ": 0 … 4094");
        require(
                ATTACHMENTS.contains(attach),
                "attach=" + attach + ": one of " + String.join(", ", ATTACHMENTS));
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException("NIC settings: " + String.join("; ", violations));
        }
        return new NicConfig(
                backend,
                interfaceName,
                address,
                port,
                multicastAddress,
                queue,
                burstFrames,
                ringFrames,
                receiveBufferBytes,
                busyPollMicros,
                vlan,
                attach,
                efviLibrary,
                timestamps);
    }

    private void require(final boolean holds, final String violation) {
        if (!holds) {
            violations.add(violation);
        }
    }
}
