package io.spindle.session;

/**
 * How many logins are looked at, and how many refusals are sent, so that guessing is slow and costs
 * the server little, and so that a flood of logins keeps no honest one out. Constant work.
 *
 * <p>A source (address and port) may fail {@value #FAILURES_OF_SOURCE} times a second, an address
 * {@value #FAILURES_OF_ADDRESS} times; who fails more often is not looked at. Sources and addresses
 * share {@value #SLOTS} such limits each, by hash. Of all checks, {@value #RETURNING} a second are
 * kept for sessions that log in from the address at which they were up last, so that even a flood
 * from forged addresses leaves them a way back. A session has {@value #RETURNS_OF_SESSION} of these
 * at most: who knows the name and address of one, and passes for it, leaves the others theirs.
 */
public final class LoginLimits {
    static final int CHECKS = 100;
    static final int RETURNING = 20;
    static final int RETURNS_OF_SESSION = 2;
    static final int FAILURES_OF_SOURCE = 10;
    static final int FAILURES_OF_ADDRESS = 40;
    static final int SLOTS = 1024;

    private static final int REJECTIONS = 10;
    private static final int GOLDEN_RATIO = 0x9E37_79B9;
    private static final int SHIFT = Integer.numberOfLeadingZeros(SLOTS - 1);

    private final RateLimit[] sources = new RateLimit[SLOTS];
    private final RateLimit[] addresses = new RateLimit[SLOTS];
    private final RateLimit[] sessions;
    private final RateLimit returning = new RateLimit(RETURNING);
    private final RateLimit others = new RateLimit(CHECKS - RETURNING);
    private final RateLimit rejections = new RateLimit(REJECTIONS);

    /**
     * @param maxSessions sessions are numbered below this
     */
    public LoginLimits(final int maxSessions) {
        for (int i = 0; i < SLOTS; i++) {
            sources[i] = new RateLimit(FAILURES_OF_SOURCE);
            addresses[i] = new RateLimit(FAILURES_OF_ADDRESS);
        }
        sessions = new RateLimit[maxSessions];
        for (int i = 0; i < maxSessions; i++) {
            sessions[i] = new RateLimit(RETURNS_OF_SESSION);
        }
    }

    /**
     * Takes leave to check a login.
     *
     * @param address IPv4 address it came from
     * @param session whose login it is, if there is such a session
     * @param lastAddress where its session was up last, 0 = nowhere, or there is no such session
     */
    public boolean mayCheck(
            final int address,
            final int port,
            final int session,
            final int lastAddress,
            final long nowNs) {
        if (lastAddress != 0
                && address == lastAddress
                && returning.isFree(nowNs)
                && sessions[session].tryAcquire(nowNs)) {
            return returning.tryAcquire(nowNs);
        }
        return sources[ofSource(address, port)].isFree(nowNs)
                && addresses[slot(address)].isFree(nowNs)
                && others.tryAcquire(nowNs);
    }

    /**
     * A login was checked, and refused.
     *
     * @return whether the refusal may be sent
     */
    public boolean failed(final int address, final int port, final long nowNs) {
        sources[ofSource(address, port)].tryAcquire(nowNs);
        addresses[slot(address)].tryAcquire(nowNs);
        return rejections.tryAcquire(nowNs);
    }

    private static int ofSource(final int address, final int port) {
        return slot(address * GOLDEN_RATIO + port);
    }

    private static int slot(final int key) {
        return key * GOLDEN_RATIO >>> SHIFT;
    }
}
