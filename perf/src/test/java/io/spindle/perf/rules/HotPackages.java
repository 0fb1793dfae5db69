package io.spindle.perf.rules;

import java.lang.classfile.ClassModel;
import java.util.List;

/**
 * The one list of hot packages (subpackages not included): code that the trading thread runs for
 * every message. Everything else is cold.
 */
public final class HotPackages {
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

    /**
     * Whether a method is in one of them and not {@code @Cold}. What the JVM makes around a lambda
     * is not; its body is.
     *
     * @param type name of its class, as the JVM tells it, with dots
     */
    public static boolean hold(final String type, final String method) {
        final String folder = type.substring(0, Math.max(0, type.lastIndexOf('.')));
        if (!NAMES.contains(folder) || type.contains("$$")) {
            return false;
        }
        final ClassModel model = CompiledTree.load(type.replace('.', '/'));
        return !ColdMark.isCold(model)
                && model.methods().stream()
                        .filter(other -> other.methodName().equalsString(method))
                        .anyMatch(other -> !ColdMark.isCold(model, other));
    }
}
