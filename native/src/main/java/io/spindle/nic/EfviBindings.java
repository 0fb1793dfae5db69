package io.spindle.nic;

/**
 * The ef_vi shim, {@code src/main/c/efvi_port.h}, one JNI function for each of its own. Addresses
 * and ports travel as {@code long}; no call touches a Java object, blocks or allocates once open.
 */
final class EfviBindings {
    static final int WANT_STAMPS = 1;
    static final int GRANTED_CTPIO = 1;
    static final int GRANTED_STAMPS = 2;
    static final int GRANTED_BY_REFERENCE = 4;

    private static final String NAME = "spindle_efvi";

    private EfviBindings() {}

    /**
     * Loads the shim, once for the life of the process.
     *
     * @param path file, empty for the library path
     * @throws UnsatisfiedLinkError when it is not there, or needs a library that is not
     */
    @Cold
    @SuppressWarnings("restricted")
    static void load(final String path) {
        if (path.isEmpty()) {
            System.loadLibrary(NAME);
        } else {
            System.load(path);
        }
    }

    /**
     * @param failedOut where the address of the failed call's name goes
     * @return port, or a negated errno
     */
    static native long open(
            int interfaceIndex,
            int wanted,
            int rxFrames,
            int txFrames,
            long memory,
            long failedOut);

    static native int filter(long port, int addressNetworkOrder, int portNetworkOrder, int vlan);

    static native void describe(long port, long facts);

    /** Fills the harvest and returns the number of frames in it. */
    static native int poll(long port, long harvest, int limit);

    static native void release(long port, long tokens, int count);

    /** Returns how many of the frames the card took. */
    static native int send(long port, long frames, int count);

    static native void close(long port);

    /** Address of the library's own version text. */
    static native long version();
}
