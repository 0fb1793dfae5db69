package io.spindle.session;

import org.agrona.collections.Long2LongHashMap;

import java.util.Arrays;

/**
 * Which sessions are up and where each is answered: the address, port and hardware address learnt
 * at its login, frozen until the next one. A source belongs to one session at most.
 */
public final class Bindings {
    public static final int NONE = -1;

    private static final int ADDRESS_SHIFT = 16;

    private final Long2LongHashMap sessionBySource;
    private final long[] sources;
    private final long[] macs;
    private int up;

    public Bindings(final int maxSessions) {
        sessionBySource = new Long2LongHashMap(maxSessions * 2, 0.5f, NONE);
        sources = new long[maxSessions];
        macs = new long[maxSessions];
        Arrays.fill(sources, NONE);
    }

    /** Sessions are numbered below this. */
    public int capacity() {
        return sources.length;
    }

    /** The session bound to a source, or {@link #NONE}. */
    public int find(final int address, final int port) {
        return (int) sessionBySource.get(source(address, port));
    }

    /** Binds a session to a source; what either was bound to before is let go of. */
    public void bind(final int session, final int address, final int port, final long mac) {
        unbind(session);
        final long source = source(address, port);
        final int previous = (int) sessionBySource.put(source, session);
        if (previous != NONE) {
            sources[previous] = NONE;
            up--;
        }
        sources[session] = source;
        up++;
        macs[session] = mac;
    }

    public void unbind(final int session) {
        if (isUp(session)) {
            sessionBySource.remove(sources[session]);
            sources[session] = NONE;
            up--;
        }
    }

    /** Sessions that are up. */
    public int countUp() {
        return up;
    }

    public boolean isUp(final int session) {
        return sources[session] != NONE;
    }

    /** IPv4 address of a session that is up. */
    public int address(final int session) {
        return (int) (sources[session] >>> ADDRESS_SHIFT);
    }

    public int port(final int session) {
        return (int) sources[session] & 0xFFFF;
    }

    public long mac(final int session) {
        return macs[session];
    }

    private static long source(final int address, final int port) {
        return (address & 0xFFFF_FFFFL) << ADDRESS_SHIFT | port;
    }
}
