package io.spindle.certify;

import io.spindle.codec.ouch.wire.CanceledDecoder;
import io.spindle.codec.ouch.wire.NotAppliedDecoder;
import io.spindle.codec.ouch.wire.ReplacedDecoder;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    /** Numbers that came too early and so showed a gap: not in place of what was lost in it. */
    private final Set<Long> early = new HashSet<>();

    private long lost;
    private long owed;
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
                        return open.isEmpty() && owed == 0;
                    },
                    seconds * SECOND_NS);
        }
        open.forEach(demand -> met(new Check(demand.name, "not seen within " + seconds + " s")));
        met(new Check("sends nothing that is refused", refused == 0 ? "" : refused + " refused"));
        met(enteredAgain());
        return checks;
    }

    /** Whether as many numbers were used behind the gaps as were lost in them. */
    Check enteredAgain() {
        return new Check(
                "enters again what never arrived",
                owed == 0 ? "" : owed + " of " + lost + " not entered again");
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

    /** A report of any session of the firm, behind the name of its session. */
    void onCopy(final byte[] copy) {
        final String session =
                new String(copy, 0, USERNAME_LENGTH, StandardCharsets.US_ASCII).strip();
        if (!session.equals(name) || copy.length == USERNAME_LENGTH) {
            return;
        }
        final byte[] message = Arrays.copyOfRange(copy, USERNAME_LENGTH, copy.length);
        switch (Desk.type(message)) {
            case 'N' -> onGap(message);
            case 'A', 'X', 'G', 'K' -> onUse(Desk.number(message));
            case 'U' -> onUse(Desk.number(message, ReplacedDecoder.userRefNumEncodingOffset()));
            case 'J' -> {
                refused++;
                early.remove(Desk.number(message));
            }
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

    private void onGap(final byte[] message) {
        final long first = Desk.number(message, NotAppliedDecoder.firstEncodingOffset());
        final long count = Desk.number(message, NotAppliedDecoder.countEncodingOffset());
        early.add(first + count);
        lost += count;
        owed += count;
    }

    private void onUse(final long number) {
        if (!early.remove(number) && owed > 0) {
            owed--;
        }
    }

    private void met(final Check check) {
        checks.add(check);
        report.accept(check);
    }
}
