package io.spindle.net;

/**
 * The UDP ports and multicast groups of one appliance, all derived from one number so that two
 * appliances can run side by side.
 *
 * @param base the order-entry port; the others lie up to {@value #SPAN} above it
 */
public record Ports(int base) {
    /** The appliance's base port unless {@code --port-base} says otherwise. */
    public static final int DEFAULT_BASE = 26400;

    /** 239.192.64.1: market data line A. */
    public static final int GROUP_A = 0xEFC04001;

    /** 239.192.64.2: market data line B. */
    public static final int GROUP_B = 0xEFC04002;

    private static final int SPAN = 24;

    public Ports {
        if (base < 1024 || base + SPAN > 0xFFFF) {
            throw new IllegalArgumentException(
                    "port-base=" + base + ": want 1024 to " + (0xFFFF - SPAN));
        }
    }

    public int orderEntry() {
        return base;
    }

    public int lineA() {
        return base + 10;
    }

    public int lineB() {
        return base + 11;
    }

    public int rerequest() {
        return base + 20;
    }

    public int snapshot() {
        return base + 21;
    }

    public int dropCopy() {
        return base + 22;
    }

    /** The Archive's control port, for a standby. */
    public int replication() {
        return base + 23;
    }

    /** Where primary and standby tell each other how far they are. */
    public int standbyLink() {
        return base + SPAN;
    }
}
