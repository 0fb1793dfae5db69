package io.spindle.tuning.watch;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Puts the longest stay of each second beside what moved in that second. What moved then is a
 * suspect and not convicted; beside a stay that is unattributed nothing did that can be seen.
 */
public final class StayJoin {
    /** Stays are attested up to a second late, and looks are a second apart. */
    private static final int LATE = 2;

    private static final int TOLD_KEPT = 10;

    /** Log time may be that far from the time of the looks. */
    private static final long SKEW_NS = 10_000_000;

    /** Fewer take the loop a few microseconds, which no stay here is about. */
    private static final int BURST = 16;

    private record Second(long fromNs, long untilNs, List<Watch.Finding> moved) {
        boolean meets(final Stays.Stay stay) {
            return fromNs - SKEW_NS < stay.sentNs() && stay.fromNs() < untilNs + SKEW_NS;
        }
    }

    private final List<Second> seconds = new ArrayList<>();
    private final List<Stays.Stay> stays = new ArrayList<>();
    private final long beganNs;
    private long lookedNs;
    private int told;

    /**
     * @param beganNs when the first second begins, ns since the Unix epoch, as all times here
     */
    public StayJoin(final long beganNs) {
        this.beganNs = beganNs;
        this.lookedNs = beganNs;
    }

    /** What moved from the look before until this one. */
    public void onLook(final long untilNs, final List<Watch.Finding> findings) {
        final List<Watch.Finding> moved =
                findings.stream().filter(finding -> finding.kind() != Watch.Kind.DRIFT).toList();
        seconds.add(new Second(lookedNs, untilNs, moved));
        lookedNs = untilNs;
    }

    /** What was attested, in the order in which it was. */
    public void onStays(final List<Stays.Stay> read) {
        read.stream().filter(stay -> stay.sentNs() > beganNs).forEach(stays::add);
    }

    /** A line for each second with a stay, of seconds of which all stays should be here by now. */
    public List<String> settled() {
        return tell(LATE);
    }

    /** The same of those that are left. */
    public List<String> rest() {
        return tell(0);
    }

    private List<String> tell(final int later) {
        final List<String> lines = new ArrayList<>();
        while (seconds.size() - told > later) {
            longest(seconds.get(told).untilNs()).ifPresent(lines::add);
            told++;
            if (told > TOLD_KEPT) {
                seconds.removeFirst();
                told--;
            }
        }
        return lines;
    }

    private Optional<String> longest(final long untilNs) {
        final List<Stays.Stay> its =
                stays.stream().filter(stay -> stay.sentNs() <= untilNs).toList();
        stays.removeIf(stay -> stay.sentNs() <= untilNs);
        return its.stream()
                .max(Comparator.comparingLong(Stays.Stay::ns))
                .map(longest -> line(longest, its.size()));
    }

    private String line(final Stays.Stay stay, final int count) {
        final List<String> causes = causes(stay);
        return "%s  order %d stayed %s%s: %s, %s in the loop, %s sending; %s"
                .formatted(
                        LocalTime.ofInstant(
                                        Instant.ofEpochSecond(0, stay.sentNs()),
                                        ZoneId.systemDefault())
                                .truncatedTo(ChronoUnit.MILLIS),
                        stay.sequence(),
                        micros(stay.ns()),
                        count > 1 ? ", longest of " + count : "",
                        stay.arrivedNs() == 0
                                ? "its arrival is not stamped"
                                : micros(stay.inNs() - stay.arrivedNs()) + " waiting",
                        micros(stay.outNs() - stay.inNs()),
                        micros(stay.sentNs() - stay.outNs()),
                        causes.isEmpty()
                                ? "unattributed"
                                : "that second: " + String.join("; ", causes));
    }

    /** Its own that account for half of it at least, then what moved meanwhile. */
    private List<String> causes(final Stays.Stay stay) {
        final List<Watch.Finding> causes = new ArrayList<>();
        if (2 * stay.behindNs() >= stay.ns()) {
            causes.add(
                    new Watch.Finding(
                            Watch.Kind.QUEUEING,
                            "the loop was at earlier orders for " + micros(stay.behindNs()),
                            0));
        }
        if (stay.orders() >= BURST && 2 * (stay.sentNs() - stay.inNs()) >= stay.ns()) {
            causes.add(
                    new Watch.Finding(
                            Watch.Kind.BURST, "its turn took " + stay.orders() + " orders", 0));
        }
        seconds.stream()
                .filter(second -> second.meets(stay))
                .forEach(second -> causes.addAll(second.moved()));
        return causes.stream().map(Watch.Finding::toString).distinct().toList();
    }

    private static String micros(final long ns) {
        return String.format(Locale.ROOT, "%.1f µs", ns / 1e3);
    }
}
