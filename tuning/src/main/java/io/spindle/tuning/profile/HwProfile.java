package io.spindle.tuning.profile;

import net.openhft.chronicle.wire.SelfDescribingMarshallable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A hardware profile with everything it inherits, as Chronicle Wire binds it. Read through {@link
 * ProfileFolder}, which has already refused whatever the shape does not allow.
 *
 * <p>Fields are Wire's: public, mutable while binding, not written afterwards.
 */
public final class HwProfile extends SelfDescribingMarshallable {
    public String name = "";
    public String description = "";
    public int schema;
    public Match match = new Match();
    public Map<String, Role> layout = new LinkedHashMap<>();
    public Nic nic = new Nic();
    public Map<String, String> sysctl = new LinkedHashMap<>();
    public Map<String, String> sysfs = new LinkedHashMap<>();
    public List<String> kernelArgs = new ArrayList<>();
    public Map<String, List<String>> jvm = new LinkedHashMap<>();
    public Onload onload = new Onload();
    public List<String> consent = new ArrayList<>();
    public Budget budget = new Budget();
    public Evidence evidence = new Evidence();

    /** Which machines the profile is for; an absent rule matches all. */
    public static final class Match extends SelfDescribingMarshallable {
        public String cpuVendor = "";
        public List<Integer> cpuFamily = new ArrayList<>();

        /** {@code >=6.1}, {@code <6.12}. */
        public String kernel = "";

        /** "true", "false" or empty. */
        public String virtual = "";

        public List<String> nicDrivers = new ArrayList<>();
        public int minCpus;

        /** The higher number wins; a tie is an error. */
        public int priority;
    }

    /** What kind of CPU a role wants; {@link LayoutSolver} finds the number. */
    public static final class Role extends SelfDescribingMarshallable {
        public int count;
        public boolean isolate;
        public boolean smtSiblingOffline;
        public boolean nearNic;
        public String sameL3As = "";

        /** The role may sit on CPUs that other shared roles use. */
        public boolean shared;
    }

    /** Of the cards that {@link NicSettings} finds, by {@link io.spindle.sys.Ethtool}'s names. */
    public static final class Nic extends SelfDescribingMarshallable {
        public List<String> interfaces = new ArrayList<>();
        public List<String> drivers = new ArrayList<>();
        public Map<String, String> channels = new LinkedHashMap<>();
        public Map<String, String> rings = new LinkedHashMap<>();
        public Map<String, String> coalesce = new LinkedHashMap<>();
        public Map<String, String> pause = new LinkedHashMap<>();
        public Map<String, String> features = new LinkedHashMap<>();
        public Map<String, String> napi = new LinkedHashMap<>();

        /** Of firmware and driver; checked, never written. */
        public Map<String, String> atLeast = new LinkedHashMap<>();
    }

    public static final class Onload extends SelfDescribingMarshallable {
        public String profile = "";
        public Map<String, String> env = new LinkedHashMap<>();
    }

    /** Limits in ns; 0 = none stated. */
    public static final class Budget extends SelfDescribingMarshallable {
        public long hiccupP9999Ns;
        public long hiccupMaxNs;
        public long wireToWireP99Ns;
    }

    /** Where the profile's claims were measured; empty = untested, and shown as such. */
    public static final class Evidence extends SelfDescribingMarshallable {
        public String measuredOn = "";
        public String date = "";
        public String sha256OfRawHistograms = "";
    }
}
