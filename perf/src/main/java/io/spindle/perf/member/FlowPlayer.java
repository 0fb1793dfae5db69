package io.spindle.perf.member;

import io.spindle.perf.flow.FlowMessage;
import io.spindle.perf.flow.OrderFlow;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Plays a flow at its own pace, whatever the venue does: a message that is late is still timed from
 * when it was due.
 */
public final class FlowPlayer {
    private static final long IDLE_NS = 20_000L;
    private static final int MESSAGES_PER_TURN = 16;

    /**
     * So many unanswered orders, and the next ones wait; they are timed from when they were due.
     * Few enough that a slow machine is late, not refused for overload so soon.
     */
    private static final int MAX_UNANSWERED = 500;

    private final List<Member> members;
    private final List<String> symbols;
    private final long tickSize;

    public FlowPlayer(final List<Member> members, final List<String> symbols, final long tickSize) {
        this.members = members;
        this.symbols = symbols;
        this.tickSize = tickSize;
    }

    /** Logs every member in; throws when time runs out, and says then who was refused and why. */
    public void login(final Duration patience) {
        members.forEach(member -> member.login(System.nanoTime()));
        if (!pollUntil(() -> members.stream().allMatch(Member::isUp), patience)) {
            throw new IllegalStateException(
                    "not every member could log in within "
                            + patience.toSeconds()
                            + " s"
                            + refusals());
        }
    }

    /** Who was refused and why. */
    private String refusals() {
        return members.stream()
                .map(Member::refusal)
                .filter(Objects::nonNull)
                .map(refusal -> "; " + refusal)
                .collect(Collectors.joining());
    }

    /**
     * Plays until this many messages were sent.
     *
     * @param progress told now and then how many were
     */
    public void play(final OrderFlow flow, final long count, final LongConsumer progress) {
        final FlowMessage message = new FlowMessage();
        final long startNs = System.nanoTime();
        long sent = 0;
        flow.next(message);
        while (sent < count) {
            final long nowNs = System.nanoTime();
            int burst = 0;
            while (sent < count
                    && burst++ < MESSAGES_PER_TURN
                    && unanswered() < MAX_UNANSWERED
                    && startNs + message.timeNs - nowNs <= 0) {
                sent += play(message, startNs + message.timeNs, nowNs) ? 1 : 0;
                flow.next(message);
            }
            if (poll() == 0 && burst == 1) {
                LockSupport.parkNanos(IDLE_NS);
            }
            progress.accept(sent);
        }
    }

    private int unanswered() {
        int sum = 0;
        for (final Member member : members) {
            sum += member.unanswered();
        }
        return sum;
    }

    private boolean play(final FlowMessage message, final long intendedNs, final long nowNs) {
        return members.get(message.session)
                .play(
                        message,
                        symbols.get(message.instrument),
                        message.priceTicks * tickSize,
                        intendedNs,
                        nowNs);
    }

    /** Waits until every message has its answer; false if one is still without. */
    public boolean settle(final Duration patience) {
        return pollUntil(() -> members.stream().allMatch(Member::isSettled), patience);
    }

    private boolean pollUntil(final BooleanSupplier done, final Duration patience) {
        final long endNs = System.nanoTime() + patience.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - endNs > 0) {
                return false;
            }
            if (poll() == 0) {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
        return true;
    }

    private int poll() {
        int received = 0;
        for (final Member member : members) {
            received += member.poll(System.nanoTime());
        }
        return received;
    }
}
