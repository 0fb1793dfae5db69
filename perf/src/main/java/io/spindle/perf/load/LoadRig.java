package io.spindle.perf.load;

import io.spindle.oms.SampleMarket;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Offers messages to an appliance at a fixed rate whatever it does, from several sessions, and
 * times every one from the moment it was due. One thread, which spins; a steady rig rests instead.
 */
public final class LoadRig implements AutoCloseable {
    private static final Duration LOGIN_PATIENCE = Duration.ofSeconds(30);
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long DRAIN_NS = 30 * SECOND_NS;
    private static final long LONGEST_NS = 60 * SECOND_NS;
    private static final int DIGITS = 3;
    private static final int SENDS_PER_TURN = 8;

    /** Of a steady rig, whose own lateness is in no figure, between two looks. */
    private static final long REST_NS = 100_000;

    /** The first sample session that the rig uses; those below are for people. */
    private static final int FIRST_SESSION = 50;

    private final List<RigParty> sessions = new ArrayList<>();
    private final List<Histogram> intervals = new ArrayList<>();
    private final LoadProfile profile;
    private long startNs;
    private long lastAnswerNs;
    private boolean recording;
    private boolean steady;
    private Histogram stays = new Histogram(LONGEST_NS, DIGITS);
    private Histogram roundTrips = new Histogram(LONGEST_NS, DIGITS);

    private LoadRig(final LoadProfile profile) {
        this.profile = profile;
    }

    /**
     * @param sessionCount sample sessions to trade as, each its own
     */
    public LoadRig(
            final InetSocketAddress server, final LoadProfile profile, final int sessionCount)
            throws IOException {
        this(server, profile, sessionCount, false);
    }

    private LoadRig(
            final InetSocketAddress server,
            final LoadProfile profile,
            final int sessionCount,
            final boolean steady)
            throws IOException {
        this(profile);
        this.steady = steady;
        for (int number = 0; number < sessionCount; number++) {
            sessions.add(
                    new RigSession(
                            SampleMarket.session(FIRST_SESSION + number),
                            SampleMarket.PASSWORD,
                            SampleMarket.SYMBOLS.getFirst(),
                            server,
                            profile,
                            this::onAnswer,
                            steady ? this::onStay : null));
        }
    }

    /**
     * For {@link #block}: a rig that was kept waiting makes up for it at no more than twice its
     * rate, so that a crowd of its own making is not what an order waits behind.
     */
    public static LoadRig steady(final InetSocketAddress server, final int sessionCount)
            throws IOException {
        return new LoadRig(server, LoadProfile.CONSTANT, sessionCount, true);
    }

    /** For a server that sends back what it gets: the same times, without orders in them. */
    public static LoadRig echoed(final InetSocketAddress server, final int parties)
            throws IOException {
        final LoadRig rig = new LoadRig(LoadProfile.CONSTANT);
        for (int number = 0; number < parties; number++) {
            rig.sessions.add(new EchoParty(server, rig::onAnswer));
        }
        return rig;
    }

    /** Logs in, warms up at the rate, then measures at it. */
    public LoadResult run(
            final long ratePerSecond, final Duration warmUp, final Duration measured) {
        login();
        final LoadResult result = measure(ratePerSecond, warmUp, measured);
        sessions.forEach(session -> session.logoff(System.nanoTime()));
        return result;
    }

    /** Warms up, then measures; logged in already, and still afterwards. */
    public LoadResult measure(
            final long ratePerSecond, final Duration warmUp, final Duration measured) {
        play(ratePerSecond, warmUp);
        intervals.clear();
        for (int second = 0; second <= measured.toSeconds(); second++) {
            intervals.add(new Histogram(LONGEST_NS, DIGITS));
        }
        recording = true;
        final long count = play(ratePerSecond, measured);
        recording = false;
        final long unanswered = sessions.stream().mapToLong(RigParty::pending).sum();
        final long refused = sessions.stream().mapToLong(RigParty::refused).sum();
        final double seconds = (double) (lastAnswerNs - startNs) / SECOND_NS;
        intervals.removeIf(interval -> interval.getTotalCount() == 0);
        return new LoadResult(
                profile,
                ratePerSecond,
                (count - unanswered) / seconds,
                unanswered,
                refused,
                List.copyOf(intervals));
    }

    /** Logs in and warms up at the rate; {@link #block} may follow any number of times. */
    public void begin(final long ratePerSecond, final Duration warmUp) {
        login();
        play(ratePerSecond, warmUp);
    }

    /**
     * Plays for a while at the rate, and tells how long orders stayed in the appliance, ns: from
     * the network's stamp on them to the sending of their answers, by the answers' own words.
     *
     * @throws IllegalStateException if a message was refused or never answered
     */
    public Histogram block(final long ratePerSecond, final Duration measured) {
        stays = new Histogram(LONGEST_NS, DIGITS);
        roundTrips = new Histogram(LONGEST_NS, DIGITS);
        play(ratePerSecond, measured);
        final long lost = sessions.stream().mapToLong(RigParty::pending).sum();
        final long refused = sessions.stream().mapToLong(RigParty::refused).sum();
        if (lost + refused != 0) {
            throw new IllegalStateException(
                    "%d messages were refused, %d never answered; %s"
                            .formatted(refused, lost, lastRefusals()));
        }
        return stays;
    }

    /** Of the last {@link #block}, ns, from when each message was due: the rig's own wait too. */
    public Histogram roundTrips() {
        return roundTrips;
    }

    /** Executions reported to its sessions so far, two a trade; any thread may ask. */
    public long executions() {
        return sessions.stream().mapToLong(RigParty::executions).sum();
    }

    private List<String> lastRefusals() {
        return sessions.stream().map(RigParty::lastRefusal).distinct().toList();
    }

    /** Waits until every session is up and knows its next number. */
    public void login() {
        sessions.forEach(session -> session.login(System.nanoTime()));
        final long endNs = System.nanoTime() + LOGIN_PATIENCE.toNanos();
        while (!sessions.stream().allMatch(RigParty::isReady)) {
            poll(System.nanoTime());
            if (System.nanoTime() - endNs > 0) {
                throw new IllegalStateException("not every session could log in");
            }
        }
    }

    /** Whole cycles, at least this long; returns how many messages were sent. */
    private long play(final long ratePerSecond, final Duration duration) {
        final long cycles = (long) profile.cycle() * sessions.size();
        final long wanted = ratePerSecond * duration.toMillis() / 1_000;
        final long count = (wanted + cycles - 1) / cycles * cycles;
        startNs = System.nanoTime();
        final long leastGapNs = steady ? SECOND_NS / ratePerSecond / 2 : 0;
        long sentNs = startNs - leastGapNs;
        long sent = 0;
        while (sent < count) {
            final long nowNs = System.nanoTime();
            for (int i = 0; i < SENDS_PER_TURN && sent < count; i++) {
                final long dueNs = startNs + profile.dueNs(sent, ratePerSecond);
                if (dueNs - nowNs > 0 || nowNs - sentNs < leastGapNs) {
                    break;
                }
                session(sent++).send(dueNs, nowNs);
                sentNs = nowNs;
            }
            poll(nowNs);
            pause();
        }
        drain();
        return count;
    }

    /** A whole cycle from one session, then the next session's. */
    private RigParty session(final long index) {
        return sessions.get((int) (index / profile.cycle() % sessions.size()));
    }

    private void drain() {
        final long endNs = System.nanoTime() + DRAIN_NS;
        while (sessions.stream().anyMatch(session -> session.pending() > 0)
                && System.nanoTime() - endNs < 0) {
            poll(System.nanoTime());
            pause();
        }
    }

    private void pause() {
        if (steady) {
            LockSupport.parkNanos(REST_NS);
        } else {
            Thread.onSpinWait();
        }
    }

    /**
     * Sends nothing but what keeps the sessions up; a caller that waits for something else calls it
     * often.
     */
    public void idle() {
        poll(System.nanoTime());
    }

    private void poll(final long nowNs) {
        for (int i = 0; i < sessions.size(); i++) {
            sessions.get(i).poll(nowNs);
        }
    }

    private void onStay(final long stayNs) {
        stays.recordValue(Math.clamp(stayNs, 0, LONGEST_NS));
    }

    /** The clock is read when the answer is in hand: before the receiving call it came too soon. */
    private void onAnswer(final long dueNs) {
        if (steady) {
            final long tripNs = System.nanoTime() - dueNs;
            roundTrips.recordValue(Math.clamp(tripNs, 0, LONGEST_NS));
        }
        if (recording) {
            final long answeredNs = System.nanoTime();
            final int second = (int) ((dueNs - startNs) / SECOND_NS);
            final Histogram interval = intervals.get(Math.min(second, intervals.size() - 1));
            interval.recordValue(Math.clamp(answeredNs - dueNs, 0, LONGEST_NS));
            lastAnswerNs = Math.max(lastAnswerNs, answeredNs);
        }
    }

    @Override
    public void close() throws IOException {
        for (final RigParty session : sessions) {
            session.close();
        }
    }
}
