package io.spindle.tuning.profile;

import static io.spindle.tuning.profile.Shape.Scalar.TEXT;
import static io.spindle.tuning.profile.Shape.Scalar.TRUE_OR_FALSE;
import static io.spindle.tuning.profile.Shape.Scalar.WHOLE_NUMBER;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shape of a hardware profile; its meaning is told in hw-profiles/README.md. */
final class ProfileShape {
    private static final Shape TEXTS = new Shape.ListOf(TEXT);
    private static final Shape TEXT_BY_NAME = new Shape.MapOf(TEXT);

    static final Shape.Struct PROFILE =
            struct(
                    List.of("name", "schema"),
                    "name",
                    TEXT,
                    "description",
                    TEXT,
                    "schema",
                    WHOLE_NUMBER,
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
                            TEXT,
                            "virtual",
                            TRUE_OR_FALSE,
                            "nicDrivers",
                            TEXTS,
                            "minCpus",
                            WHOLE_NUMBER,
                            "priority",
                            WHOLE_NUMBER),
                    "layout",
                    new Shape.MapOf(
                            struct(
                                    List.of("count"),
                                    "count",
                                    WHOLE_NUMBER,
                                    "isolate",
                                    TRUE_OR_FALSE,
                                    "smtSiblingOffline",
                                    TRUE_OR_FALSE,
                                    "nearNic",
                                    TRUE_OR_FALSE,
                                    "sameL3As",
                                    TEXT,
                                    "shared",
                                    TRUE_OR_FALSE)),
                    "sysctl",
                    TEXT_BY_NAME,
                    "sysfs",
                    TEXT_BY_NAME,
                    "kernelArgs",
                    TEXTS,
                    "jvm",
                    new Shape.MapOf(TEXTS),
                    "onload",
                    struct(List.of(), "profile", TEXT, "env", TEXT_BY_NAME),
                    "consent",
                    TEXTS,
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

    private static Shape.Struct struct(final List<String> required, final Object... pairs) {
        final Map<String, Shape> fields = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put((String) pairs[i], (Shape) pairs[i + 1]);
        }
        return new Shape.Struct(fields, required);
    }
}
