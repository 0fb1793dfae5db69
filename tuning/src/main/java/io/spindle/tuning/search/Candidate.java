package io.spindle.tuning.search;

import java.io.IOException;

/** Something that can be switched on and off between two measurements. */
public interface Candidate {
    String name();

    /** Brings the machine into the state to be tried. */
    void on() throws IOException;

    /** Brings the machine back. */
    void off() throws IOException;
}
