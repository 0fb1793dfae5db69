package io.spindle.perf.rules;

import java.util.List;

/**
 * The one list of hot packages (subpackages not included): code that the trading thread runs for
 * every message. Everything else is cold.
 */
final class HotPackages {
    static final List<String> NAMES =
            List.of(
                    "io.spindle.nic",
                    "io.spindle.net",
                    "io.spindle.session",
                    "io.spindle.codec",
                    "io.spindle.codec.ouch",
                    "io.spindle.codec.itch",
                    "io.spindle.log",
                    "io.spindle.loop",
                    "io.spindle.oms",
                    "io.spindle.matcher");

    private HotPackages() {}
}
