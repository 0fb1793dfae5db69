package io.spindle.bpf;

/** Whose time the program leaves in front of a frame. */
public sealed interface ArrivalClock {
    /** Nobody's: there is no stamp. */
    record None() implements ArrivalClock {}

    /** CLOCK_MONOTONIC when the program ran. */
    record Monotonic() implements ArrivalClock {}

    /**
     * The card's own, 0 for a frame that it did not stamp.
     *
     * @param function type number of {@value #FUNCTION} in the running kernel
     */
    record Card(int function) implements ArrivalClock {
        public static final String FUNCTION = "bpf_xdp_metadata_rx_timestamp";
    }
}
