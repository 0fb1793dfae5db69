package io.spindle.attest;

import org.HdrHistogram.Histogram;
import org.agrona.collections.LongArrayList;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads a file of attestations as a stranger would: with the public key and nothing else. What an
 * interval says counts only when its seal fits, so a changed, added, left out or moved line costs
 * the whole interval, and every one behind it.
 */
final class AttestationCheck {
    private static final String HEAD = "spindle-attestation 1 ";
    private static final int FAULTS_KEPT = 20;
    private static final int ORDER_FIELDS = 6;
    private static final int SEAL_FIELDS = 7;
    private static final int DIGITS = 3;
    private static final String WHOLE_WAY = "nic to nic";

    private final Chain chain = new Chain();
    private final List<String> faults = new ArrayList<>();
    private final Map<String, LongArrayList> stages = new LinkedHashMap<>();
    private final Map<Long, Long> arrivals = new LinkedHashMap<>();
    private final PublicKey key;
    private String stampClock = "";
    private long lastSequence;
    private long lastSealed;
    private long open;
    private long attested;
    private long unstamped;
    private long seals;
    private boolean ending;
    private boolean ended;
    private long lost;
    private long freeRunning;
    private long maxErrorMicros;

    AttestationCheck(final PublicKey key) {
        this.key = key;
        for (final String stage : List.of("nic to loop", "loop", "loop to nic", WHOLE_WAY)) {
            stages.put(stage, new LongArrayList());
        }
    }

    AttestationCheck read(final Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            final int[] number = new int[1];
            lines.forEach(line -> onLine(line, ++number[0]));
        }
        return this;
    }

    private void onLine(final String line, final int number) {
        final String[] fields = line.split(" ");
        if (number == 1) {
            check(line.startsWith(HEAD), number, "is not the head of an attestation");
            stampClock = line.substring(Math.min(line.length(), HEAD.length()));
            chain.add(line);
        } else if (fields[0].equals("order") && fields.length == ORDER_FIELDS) {
            chain.add(line);
            onOrder(fields, number);
        } else if (fields[0].equals("seal") && fields.length == SEAL_FIELDS) {
            onSeal(line, fields, number);
        } else if (line.equals(AttestationWriter.END)) {
            chain.add(line);
            ending = true;
        } else {
            chain.add(line);
            check(false, number, "is neither an order nor a seal");
        }
    }

    private void onOrder(final String[] fields, final int number) {
        try {
            final long[] values =
                    Arrays.stream(fields).skip(1).mapToLong(Long::parseLong).toArray();
            final long sequence = values[0];
            check(sequence > lastSequence, number, "goes back in the log");
            lastSequence = sequence;
            open++;
            arrivals.put(sequence, values[1]);
            final boolean stamped = values[1] != 0;
            unstamped += stamped ? 0 : 1;
            final boolean inOrder =
                    (!stamped || values[1] <= values[2])
                            && values[2] <= values[3]
                            && values[3] <= values[4];
            check(inOrder, number, "has its stages in the wrong order");
            stages.get("loop").addLong(values[3] - values[2]);
            stages.get("loop to nic").addLong(values[4] - values[3]);
            if (stamped) {
                stages.get("nic to loop").addLong(values[2] - values[1]);
                stages.get(WHOLE_WAY).addLong(values[4] - values[1]);
            }
        } catch (final NumberFormatException garbled) {
            check(false, number, "has something else where a number belongs");
        }
    }

    private void onSeal(final String line, final String[] fields, final int number) {
        final String link = fields[SEAL_FIELDS - 2];
        chain.add(line.substring(0, line.indexOf(link) - 1));
        check(chain.link().equals(link), number, "does not fit what lies before it: altered");
        check(
                SigningKey.isSigned(key, link, fields[SEAL_FIELDS - 1]),
                number,
                "is not signed by the owner of this key");
        check(fields[1].equals(Long.toString(open)), number, "counts other orders than there are");
        lost = Long.parseLong(fields[2]);
        freeRunning += fields[3].equals("synchronised") ? 0 : 1;
        maxErrorMicros = Math.max(maxErrorMicros, Long.parseLong(fields[4]));
        seals++;
        attested += open;
        open = 0;
        lastSealed = lastSequence;
        ended = ending;
    }

    private void check(final boolean ok, final int line, final String fault) {
        if (!ok && faults.size() < FAULTS_KEPT) {
            faults.add("line " + line + ' ' + fault);
        }
    }

    /**
     * Holds a message of the log against the attestation.
     *
     * @param arrivedNs as {@link Arrival} reads it
     */
    void compare(final long sequence, final long arrivedNs) {
        if (sequence > lastSealed || arrivedNs == Arrival.NONE) {
            return;
        }
        final Long said = arrivals.get(sequence);
        if (said != null && said != arrivedNs && faults.size() < FAULTS_KEPT) {
            faults.add("the log has another arrival for sequence " + sequence);
        }
    }

    /** What is wrong; empty = every line is as it was written by the owner of the key. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** False when the process was killed, or the end of the file is missing. */
    boolean isWhole() {
        return ended && open == 0;
    }

    /**
     * From the arrival of each order that has a stamp to the handing over of its answer, ns; to be
     * asked for when there are no faults.
     */
    Histogram wholeWayNs() {
        final Histogram times = new Histogram(DIGITS);
        for (final long ns : stages.get(WHOLE_WAY).toLongArray()) {
            times.recordValue(ns);
        }
        return times;
    }

    /** The report, in lines. */
    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add(
                "%,d orders in %,d sealed intervals, %,d behind the last seal, %,d turns lost, %s"
                        .formatted(
                                attested,
                                seals,
                                open,
                                lost,
                                isWhole()
                                        ? "whole"
                                        : "CUT SHORT: killed, or the end was taken away"));
        lines.add(
                ("arrival stamps: %s clock, %,d orders without; kernel clock %s, largest error it"
                                + " reckons with %,d µs")
                        .formatted(
                                stampClock,
                                unstamped,
                                freeRunning == 0 ? "synchronised" : "free-running at times",
                                maxErrorMicros));
        stages.forEach((name, values) -> lines.add(percentiles(name, values.toLongArray())));
        return lines;
    }

    private static String percentiles(final String name, final long[] values) {
        Arrays.sort(values);
        return values.length == 0
                ? "%-12s never known".formatted(name)
                : String.format(
                        Locale.ROOT,
                        "%-12s p50 %,d, p99 %,d, p99.9 %,d, max %,d ns",
                        name,
                        values[(int) (values.length * 0.5)],
                        values[(int) (values.length * 0.99)],
                        values[(int) (values.length * 0.999)],
                        values[values.length - 1]);
    }
}
