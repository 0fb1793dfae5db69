package io.spindle.certify;

import io.spindle.codec.ouch.wire.CanceledDecoder;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a firm's client must have shown, in any order, while it trades with an appliance: read from
 * the drop copy, so that the client needs to know nothing of it.
 */
final class ClientScript {
    private static final int USERNAME_LENGTH = 6;
    private static final int LOGINS = 5;
    private static final long SECOND_NS = 1_000_000_000L;

    private record Demand(String name, Predicate<byte[]> isMetBy) {}

    private final List<Demand> open =
            new ArrayList<>(
                    List.of(
                            new Demand("asks for its next number", type('Q')),
                            new Demand("enters an order that rests", type('A')),
                            new Demand("replaces an order", type('U')),
                            new Demand("cancels an order", cancel('U')),
                            new Demand("enters an immediate order", cancel('I')),
                            new Demand("trades", type('E'))));

    private final List<Check> checks = new ArrayList<>();
    private final InetSocketAddress dropCopy;
    private final String name;
    private final String password;
    private final Consumer<Check> report;
    private int notApplied;
    private int acceptedSince;
    private int refused;

    ClientScript(
            final InetSocketAddress dropCopy,
            final String name,
            final String password,
            final Consumer<Check> report) {
        this.dropCopy = dropCopy;
        this.name = name;
        this.password = password;
        this.report = report;
    }

    private static Predicate<byte[]> type(final char type) {
        return message -> Desk.type(message) == type;
    }

    private static Predicate<byte[]> cancel(final char reason) {
        return type('C').and(message -> message[CanceledDecoder.reasonEncodingOffset()] == reason);
    }

    /** Watches for so long, or until everything was shown. */
    List<Check> run(final long seconds) throws IOException {
        try (Desk desk = new Desk(dropCopy, name, password)) {
            if (!login(desk)) {
                met(new Check("drop copy of the session", "no login at " + dropCopy));
                return checks;
            }
            met(new Check("drop copy of the session", ""));
            final int[] seen = {0};
            desk.serve(
                    () -> {
                        for (; seen[0] < desk.reports().size(); seen[0]++) {
                            onCopy(desk.reports().get(seen[0]));
                        }
                        return open.isEmpty() && !isGapOpen();
                    },
                    seconds * SECOND_NS);
        }
        open.forEach(demand -> met(new Check(demand.name, "not seen within " + seconds + " s")));
        met(new Check("sends nothing that is refused", refused == 0 ? "" : refused + " refused"));
        met(new Check("enters again what never arrived", isGapOpen() ? notApplied + " gaps" : ""));
        return checks;
    }

    /** Whether nothing was entered since a gap but the order that showed it. */
    private boolean isGapOpen() {
        return notApplied > 0 && acceptedSince <= 0;
    }

    /** A feed process that was just started may still be reading the log. */
    private static boolean login(final Desk desk) {
        boolean in = false;
        for (int i = 0; i < LOGINS && !in; i++) {
            in = desk.login(false) && desk.refusal() == 0;
            if (!in) {
                desk.serve(() -> false, SECOND_NS);
            }
        }
        return in;
    }

    private void onCopy(final byte[] copy) {
        final String session =
                new String(copy, 0, USERNAME_LENGTH, StandardCharsets.US_ASCII).strip();
        if (!session.equals(name) || copy.length == USERNAME_LENGTH) {
            return;
        }
        final byte[] message = Arrays.copyOfRange(copy, USERNAME_LENGTH, copy.length);
        switch (Desk.type(message)) {
            case 'N' -> {
                notApplied++;
                acceptedSince = -1; // the answer to the higher number follows
            }
            case 'A' -> acceptedSince++;
            case 'J' -> refused++;
            default -> {}
        }
        open.removeIf(
                demand -> {
                    final boolean met = demand.isMetBy.test(message);
                    if (met) {
                        met(new Check(demand.name, ""));
                    }
                    return met;
                });
    }

    private void met(final Check check) {
        checks.add(check);
        report.accept(check);
    }
}
