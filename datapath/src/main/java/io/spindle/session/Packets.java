package io.spindle.session;

/**
 * Type characters and reasons of the session layer; the layouts are in {@code session.xml}.
 *
 * <pre>
 *  client ─▶ server: blocks { u16 length │ type │ body }    L login   U unsequenced   T retransmit
 *                                                           R heartbeat               O logoff
 *                                                           K token
 *  server ─▶ client: one packet a datagram                  A accepted   J rejected
 *                                                           S sequenced  E end of session
 *                                                           P throttle
 * </pre>
 */
public final class Packets {
    public static final byte LOGIN = 'L';
    public static final byte UNSEQUENCED = 'U';
    public static final byte RETRANSMIT = 'T';
    public static final byte HEARTBEAT = 'R';
    public static final byte LOGOFF = 'O';
    public static final byte TOKEN = 'K';

    public static final byte LOGIN_ACCEPTED = 'A';
    public static final byte LOGIN_REJECTED = 'J';
    public static final byte SEQUENCED = 'S';
    public static final byte END_OF_SESSION = 'E';
    public static final byte THROTTLE = 'P';

    /** Unknown username or wrong password. */
    public static final byte NOT_AUTHORISED = 'A';

    /** The session id asked for is not the current one. */
    public static final byte NO_SUCH_SESSION = 'S';

    /** Most bytes of a datagram, either way. */
    public static final int MAX_DATAGRAM_LENGTH = 1472;

    /** A server's heartbeat is due after this long without a packet. */
    public static final long HEARTBEAT_INTERVAL_NS = 500_000_000L;

    /** A client that was silent for this long is down. */
    public static final long SILENCE_LIMIT_NS = 3_000_000_000L;

    private Packets() {}
}
