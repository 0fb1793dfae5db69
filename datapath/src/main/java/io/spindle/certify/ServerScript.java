package io.spindle.certify;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.codec.ouch.wire.CancelRejectDecoder;
import io.spindle.codec.ouch.wire.CanceledDecoder;
import io.spindle.codec.ouch.wire.ExecutedDecoder;
import io.spindle.codec.ouch.wire.NotAppliedDecoder;
import io.spindle.codec.ouch.wire.RejectedDecoder;
import io.spindle.oms.RejectCode;

import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a server must do, step by step, against a session that nobody else uses meanwhile. Orders
 * rest far from the market and are cancelled in the end; only one check trades, with itself.
 */
final class ServerScript {
    private static final long LOW = 100;
    private static final long QUANTITY = 10;
    private static final byte[] UNKNOWN_TAG = {2, (byte) 200, 1};
    private static final long BEAT_NS = 1_500_000_000L;

    private final List<Check> checks = new ArrayList<>();
    private final InetSocketAddress server;
    private final String name;
    private final String password;
    private final Messages messages;
    private final long tick;
    private final Consumer<Check> report;
    private Desk desk;
    private long next;

    /**
     * @param price a wire price at which the session may trade with itself
     */
    ServerScript(
            final InetSocketAddress server,
            final String name,
            final String password,
            final String symbol,
            final long price,
            final Consumer<Check> report) {
        this.server = server;
        this.name = name;
        this.password = password;
        this.messages = new Messages(symbol);
        this.tick = price;
        this.report = report;
    }

    List<Check> run() throws IOException {
        try (Desk first = new Desk(server, name, password)) {
            desk = first;
            check("refuses a wrong password", this::wrongPassword);
            check("accepts the login and names the session", this::login);
            if (!checks.getLast().isMet()) {
                return checks;
            }
            check("answers a login from the bound source again", this::loginAgain);
            check("sends heartbeats", this::heartbeat);
            check("tells the next number", this::query);
            check("accepts an order", this::accept);
            check("uses a number once, however often it comes", this::once);
            check("names numbers that never came before the answer", this::gap);
            check("refuses an unknown option with 0x0102", this::unknownOption);
            check("answers several messages of a datagram in order", this::several);
            check("replaces an order and forgets its old number", this::replace);
            check("cuts an order in place", this::cut);
            check("cancels what an immediate order leaves", this::immediate);
            check("trades, with one match number on both sides", this::trade);
            check("ignores datagrams that are not whole", this::broken);
            check("repeats every report of the day, byte for byte", this::repeat);
            check("hears nobody after the logoff", this::logoff);
        }
        return checks;
    }

    private void check(final String demand, final Supplier<String> step) {
        final Check result = new Check(demand, step.get());
        checks.add(result);
        report.accept(result);
    }

    private static String same(final Object expected, final Object actual) {
        return expected.equals(actual) ? "" : "wanted " + expected + ", got " + actual;
    }

    private String wrongPassword() {
        try (Desk stranger = new Desk(server, name, "not it")) {
            return stranger.login(false)
                    ? same('A', stranger.refusal())
                    : "no answer from " + server;
        } catch (final IOException e) {
            return e.toString();
        }
    }

    private String login() {
        if (!desk.login(false)) {
            return "no answer from " + server;
        }
        return desk.refusal() != 0
                ? "refused with " + desk.refusal()
                : desk.sessionId().matches("SP\\d{8}") ? "" : "session id " + desk.sessionId();
    }

    private String loginAgain() {
        final String before = desk.sessionId();
        return desk.loginAgain() ? same(before, desk.sessionId()) : "no answer";
    }

    private String heartbeat() {
        final long before = desk.datagrams();
        return desk.serve(() -> desk.datagrams() > before, BEAT_NS) ? "" : "silence";
    }

    private String query() {
        next = desk.queryNextNumber();
        return next == 0 ? "no answer" : "";
    }

    private byte[] resting(final long number) {
        return messages.enter(number, 'B', QUANTITY, LOW, '0');
    }

    private String accept() {
        final int before = desk.reports().size();
        desk.send(resting(next));
        final String answers = desk.answers(before, 1);
        return answers.equals("A")
                ? same(next++, Desk.number(desk.reports().getLast()))
                : "answered with " + answers;
    }

    private String once() {
        final int before = desk.reports().size();
        final byte[] order = resting(next++);
        desk.send(order);
        desk.send(order);
        desk.send(order, order);
        return same("A", desk.answersInAll(before));
    }

    private String gap() {
        final int before = desk.reports().size();
        desk.send(resting(next + 3));
        final String answers = desk.answers(before, 2);
        if (!answers.equals("NA")) {
            return "answered with " + answers;
        }
        final byte[] gap = desk.reports().get(before);
        final long first = Desk.number(gap, NotAppliedDecoder.firstEncodingOffset());
        final long count = Desk.number(gap, NotAppliedDecoder.countEncodingOffset());
        final String failure = same(next + "+3", first + "+" + count);
        next += 4;
        return failure;
    }

    private String unknownOption() {
        final int before = desk.reports().size();
        desk.send(messages.enter(next++, 'B', QUANTITY, LOW, '0', UNKNOWN_TAG));
        final String answers = desk.answers(before, 1);
        return answers.equals("J")
                ? same(RejectCode.TAG.code, code(desk.reports().getLast()))
                : "answered with " + answers;
    }

    private static int code(final byte[] rejected) {
        return new UnsafeBuffer(rejected)
                        .getShort(RejectedDecoder.reasonEncodingOffset(), BIG_ENDIAN)
                & 0xFFFF;
    }

    private String several() {
        final int before = desk.reports().size();
        desk.send(resting(next), messages.cancel(next, 0), resting(next + 1));
        final String answers = desk.answers(before, 3);
        next += 2;
        return same("ACA", answers);
    }

    private String replace() {
        final int before = desk.reports().size();
        final long original = next - 1;
        desk.send(messages.replace(original, next, 2 * QUANTITY, LOW));
        desk.send(messages.cancel(original, 0));
        next++;
        final String answers = desk.answers(before, 2);
        return answers.equals("UI")
                ? same(
                        original,
                        Desk.number(
                                desk.reports().getLast(),
                                CancelRejectDecoder.userRefNumEncodingOffset()))
                : "answered with " + answers;
    }

    private String cut() {
        final int before = desk.reports().size();
        desk.send(messages.cancel(next - 1, QUANTITY));
        final String answers = desk.answers(before, 1);
        return answers.equals("C")
                ? same(
                        QUANTITY,
                        Desk.number(
                                desk.reports().getLast(), CanceledDecoder.quantityEncodingOffset()))
                : "answered with " + answers;
    }

    private String immediate() {
        final int before = desk.reports().size();
        desk.send(messages.enter(next++, 'B', QUANTITY, LOW, '3'));
        final String answers = desk.answers(before, 2);
        return answers.equals("AC")
                ? same('I', (char) desk.reports().getLast()[CanceledDecoder.reasonEncodingOffset()])
                : "answered with " + answers;
    }

    /** Where nothing better rests: the bid of this very check is hit. */
    private String trade() {
        final int before = desk.reports().size();
        desk.send(messages.enter(next, 'B', QUANTITY, tick, '0'));
        desk.send(messages.enter(next + 1, 'S', QUANTITY, tick, '3'));
        next += 2;
        final String answers = desk.answers(before, 4);
        if (!answers.equals("AAEE")) {
            return "answered with " + answers + "; is the price inside the market?";
        }
        return same(match(desk.reports().get(before + 2)), match(desk.reports().get(before + 3)));
    }

    private static long match(final byte[] executed) {
        return new UnsafeBuffer(executed)
                .getLong(ExecutedDecoder.matchNumberEncodingOffset(), BIG_ENDIAN);
    }

    private String broken() {
        final int before = desk.reports().size();
        final byte[] order = resting(next);
        final byte[] datagram = new byte[3 + order.length];
        datagram[1] = (byte) (1 + order.length);
        datagram[2] = 'U';
        System.arraycopy(order, 0, datagram, 3, order.length);
        for (int length = 0; length < datagram.length; length++) {
            desk.sendRaw(Arrays.copyOf(datagram, length));
        }
        return same("", desk.answersInAll(before));
    }

    private String repeat() {
        final List<byte[]> before = List.copyOf(desk.reports());
        desk.reports().clear();
        desk.login(true);
        desk.await(desk::isCaughtUp);
        final List<byte[]> all = desk.reports();
        if (all.size() < before.size()) {
            return "wanted " + before.size() + " reports or more, got " + all.size();
        }
        final List<byte[]> ours = all.subList(all.size() - before.size(), all.size());
        for (int i = 0; i < ours.size(); i++) {
            if (!Arrays.equals(before.get(i), ours.get(i))) {
                return "report " + (all.size() - before.size() + i + 1) + " differs";
            }
        }
        return "";
    }

    private String logoff() {
        for (long number = next; number > Math.max(0, next - 16); number--) {
            desk.send(messages.cancel(number, 0));
        }
        desk.answersInAll(desk.reports().size());
        desk.logoff();
        desk.answersInAll(desk.reports().size());
        final long before = desk.datagrams();
        desk.send(resting(next));
        desk.answersInAll(desk.reports().size());
        return same(before, desk.datagrams());
    }
}
