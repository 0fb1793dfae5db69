package io.spindle.tuning.profile;

import static io.spindle.tuning.profile.Shape.Scalar.TEXT;
import static io.spindle.tuning.profile.Shape.Scalar.TRUE_OR_FALSE;
import static io.spindle.tuning.profile.Shape.Scalar.WHOLE_NUMBER;

import io.spindle.sys.Ethtool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The shape of a hardware profile; its meaning is told in hw-profiles/README.md. */
final class ProfileShape {
    private static final Shape TEXTS = new Shape.ListOf(TEXT);
    private static final Shape TEXT_BY_NAME = new Shape.MapOf(TEXT);

    /** The only one there has been. */
    private static final Shape SCHEMA = new Shape.Limited(WHOLE_NUMBER, Pattern.compile("1"), "1");

    private static final Shape COUNT =
            new Shape.Limited(
                    WHOLE_NUMBER,
                    Pattern.compile("[1-9]\\d{0,3}"),
                    "a whole number from 1 to 9999");

    private static final Shape KERNEL =
            new Shape.Limited(TEXT, Pattern.compile("(>=|<)\\d{1,3}\\.\\d{1,3}"), ">=X.Y or <X.Y");

    private static final Shape ARGUMENTS =
            new Shape.ListOf(
                    new Shape.Limited(
                            TEXT, Pattern.compile("\\S+"), "one argument without white space"));

    private static final Shape CONSENTS =
            new Shape.ListOf(
                    new Shape.Limited(
                            TEXT,
                            Pattern.compile("mitigations-off|smt-off|rt-unlimited"),
                            "mitigations-off, smt-off or rt-unlimited"));

    private static final Shape ROLE =
            struct(
                    List.of("count"),
                    "count",
                    COUNT,
                    "isolate",
                    TRUE_OR_FALSE,
                    "smtSiblingOffline",
                    TRUE_OR_FALSE,
                    "nearNic",
                    TRUE_OR_FALSE,
                    "sameL3As",
                    TEXT,
                    "shared",
                    TRUE_OR_FALSE);

    private static final Shape NUMBER =
            new Shape.Limited(TEXT, Pattern.compile("\\d{1,9}"), "a whole number");

    private static final Shape ON_OR_OFF =
            new Shape.Limited(TEXT, Pattern.compile("on|off"), "on or off");

    private static final Shape VERSION =
            new Shape.Limited(
                    TEXT, Pattern.compile("\\d{1,9}(\\.\\d{1,9}){0,5}"), "a version like 8.2.4");

    private static final Shape NIC =
            struct(
                    List.of(),
                    "interfaces",
                    TEXTS,
                    "drivers",
                    TEXTS,
                    "channels",
                    ethtool("channels"),
                    "rings",
                    ethtool("rings"),
                    "coalesce",
                    ethtool("coalesce"),
                    "pause",
                    ethtool("pause"),
                    "features",
                    ethtool("features"),
                    "napi",
                    struct(
                            List.of(),
                            "deferHardIrqs",
                            NUMBER,
                            "groFlushTimeoutNs",
                            NUMBER,
                            "threaded",
                            NUMBER),
                    "atLeast",
                    ethtool("driver"));

    static final Shape.Struct PROFILE =
            struct(
                    List.of("name", "schema"),
                    "name",
                    TEXT,
                    "description",
                    TEXT,
                    "schema",
                    SCHEMA,
                    "extends",
                    TEXT,
                    "match",
                    struct(
                            List.of(),
                            "cpuVendor",
                            TEXT,
                            "cpuFamily",
                            new Shape.ListOf(WHOLE_NUMBER),
                            "kernel",
                            KERNEL,
                            "virtual",
                            TRUE_OR_FALSE,
                            "nicDrivers",
                            TEXTS,
                            "minCpus",
                            WHOLE_NUMBER,
                            "priority",
                            WHOLE_NUMBER),
                    "layout",
                    byProcess(ROLE),
                    "nic",
                    NIC,
                    "sysctl",
                    TEXT_BY_NAME,
                    "sysfs",
                    TEXT_BY_NAME,
                    "kernelArgs",
                    ARGUMENTS,
                    "jvm",
                    byProcess(TEXTS),
                    "onload",
                    struct(List.of(), "profile", TEXT, "env", TEXT_BY_NAME),
                    "consent",
                    CONSENTS,
                    "budget",
                    struct(
                            List.of(),
                            "hiccupP9999Ns",
                            WHOLE_NUMBER,
                            "hiccupMaxNs",
                            WHOLE_NUMBER,
                            "wireToWireP99Ns",
                            WHOLE_NUMBER),
                    "evidence",
                    struct(
                            List.of(),
                            "measuredOn",
                            TEXT,
                            "date",
                            TEXT,
                            "sha256OfRawHistograms",
                            TEXT));

    private ProfileShape() {}

    /** Of some processes of an appliance; a role is named like the process that runs there. */
    private static Shape byProcess(final Shape value) {
        return struct(List.of(), "trading", value, "media", value, "feed", value, "mgmt", value);
    }

    private static Shape ethtool(final String group) {
        final Map<String, Shape> fields = new LinkedHashMap<>();
        for (final String name : Ethtool.names(group)) {
            final Shape value = Ethtool.isSwitch(group, name) ? ON_OR_OFF : NUMBER;
            fields.put(name, Ethtool.isReadOnly(group) ? VERSION : value);
        }
        return new Shape.Struct(fields, List.of());
    }

    private static Shape.Struct struct(final List<String> required, final Object... pairs) {
        final Map<String, Shape> fields = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put((String) pairs[i], (Shape) pairs[i + 1]);
        }
        return new Shape.Struct(fields, required);
    }
}
