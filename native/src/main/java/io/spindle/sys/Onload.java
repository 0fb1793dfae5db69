package io.spindle.sys;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** OpenOnload in front of the kernel's sockets, by LD_PRELOAD. */
public final class Onload {
    private static final String SETTING_PREFIX = "EF_";

    private Onload() {}

    /** True when the preloaded library answers for itself. */
    public static boolean isPresent() {
        return Libc.exports("onload_is_present") && Libc.onloadAnswers();
    }

    /** Its settings as the profile exported them, sorted, {@code EF_POLL_USEC=100000 …}. */
    public static String settings(final Map<String, String> environment) {
        return new TreeMap<>(environment)
                .entrySet().stream()
                        .filter(setting -> setting.getKey().startsWith(SETTING_PREFIX))
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining(" "));
    }
}
