package io.spindle.tuning.profile;

import io.spindle.tuning.machine.Machine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a profile's {@code nic} wants of each card that it is for. */
public final class NicSettings {
    /** Files of a card's folder by their keys. */
    private static final Map<String, String> NAPI =
            Map.of(
                    "deferHardIrqs", "napi_defer_hard_irqs",
                    "groFlushTimeoutNs", "gro_flush_timeout",
                    "threaded", "threaded");

    private NicSettings() {}

    /** Values by path, of all the cards that are meant. */
    public static Map<String, String> of(final HwProfile profile, final Machine machine) {
        final Map<String, String> wanted = new LinkedHashMap<>();
        cards(profile, machine).forEach(card -> wanted.putAll(of(profile.nic, card)));
        return wanted;
    }

    /**
     * Those that {@code nic} names by interface or else by driver, or whose driver the profile
     * matches by; all cards when nothing is named.
     */
    static List<String> cards(final HwProfile profile, final Machine machine) {
        if (!profile.nic.interfaces.isEmpty()) {
            return profile.nic.interfaces;
        }
        final List<String> drivers =
                profile.nic.drivers.isEmpty() ? profile.match.nicDrivers : profile.nic.drivers;
        return machine.nics().stream()
                .filter(nic -> drivers.isEmpty() || drivers.contains(nic.driver()))
                .map(Machine.Nic::name)
                .toList();
    }

    /**
     * Values by path, of one card. The coarsest come first, for a driver that makes its queues anew
     * may put the rest back to its defaults; {@code >=} is in front of what may be newer.
     */
    static Map<String, String> of(final HwProfile.Nic nic, final String card) {
        final Map<String, String> wanted = new LinkedHashMap<>();
        add(wanted, path(card, "channels"), nic.channels);
        add(wanted, path(card, "rings"), nic.rings);
        add(wanted, path(card, "coalesce"), nic.coalesce);
        add(wanted, path(card, "pause"), nic.pause);
        add(wanted, path(card, "features"), nic.features);
        nic.napi.forEach(
                (name, value) ->
                        wanted.put("/sys/class/net/" + card + "/" + NAPI.get(name), value));
        nic.atLeast.forEach((name, value) -> wanted.put(path(card, "driver") + name, ">=" + value));
        return wanted;
    }

    private static void add(
            final Map<String, String> wanted,
            final String folder,
            final Map<String, String> values) {
        values.forEach((name, value) -> wanted.put(folder + name, value));
    }

    private static String path(final String card, final String group) {
        return "/ethtool/" + card + "/" + group + "/";
    }
}
