package io.spindle.connector;

import io.spindle.log.ControlClient;
import io.spindle.log.DataFolder;
import io.spindle.loop.LoopRunner;
import io.spindle.nic.NicContext;
import io.spindle.nic.NicQueues;
import io.spindle.oms.Ascii;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.SetLimitsEncoder;
import io.spindle.oms.command.SetRateEncoder;
import io.spindle.rehearsal.ShadowVenue;
import io.spindle.trading.ImpairmentRelay;

import org.agrona.CloseHelper;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Another venue for tests and demonstrations: a trading loop of its own with the sample market,
 * which loses, delays and repeats datagrams, announces a rate, and refuses what is too large.
 */
public final class ScriptedVenue implements AutoCloseable {
    /**
     * How it behaves.
     *
     * @param loss datagrams lost each way, per cent
     * @param delay datagrams held back so that others overtake them, per cent
     * @param perSecond orders that every session may send, announced at login; 0 = as many as it
     *     likes
     * @param burst orders at once under that rate
     * @param largest order that is taken; 0 = any
     */
    public record Script(int loss, int delay, int perSecond, int burst, long largest) {}

    private static final long NO_LIMIT = SetLimitsEncoder.openOrdersNullValue();
    private static final long DRAIN_PAUSE_NS = 100_000;
    private static final long SEED = 7;

    private final AtomicBoolean running = new AtomicBoolean(true);
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(256);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ShadowVenue venue;
    private final ControlClient control;
    private final ImpairmentRelay relay;
    private final Thread loop;
    private final Thread drain;

    /**
     * @param folder for the venue's files; what is there is deleted
     */
    public ScriptedVenue(final DataFolder folder, final Script script, final String... sessions)
            throws IOException {
        venue =
                new ShadowVenue(
                        folder,
                        NicQueues.open(
                                new NicContext().backend("socket").port(0).conclude(), line -> {}));
        control = ControlClient.open(folder);
        for (final String session : sessions) {
            if (script.perSecond() > 0) {
                rate(session, script);
            }
            if (script.largest() > 0) {
                largest(session, script.largest());
            }
        }
        relay =
                new ImpairmentRelay(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), venue.nic().info().port()),
                        SEED,
                        new ImpairmentRelay.Faults(script.loss(), 0, script.delay(), 0, 0, 0));
        loop = Thread.ofPlatform().daemon().name("venue").start(this::trade);
        drain = Thread.ofPlatform().daemon().name("venue-log").start(this::drain);
    }

    /** Order entry, with the script's mischief. */
    public InetSocketAddress address() throws IOException {
        return relay.address();
    }

    private void trade() {
        final IdleStrategy idle =
                new BackoffIdleStrategy(10, 20, 1_000, TimeUnit.MICROSECONDS.toNanos(200));
        LoopRunner.run(venue.loop(), venue.nic(), idle, running);
    }

    private void drain() {
        while (running.get()) {
            venue.drain();
            LockSupport.parkNanos(DRAIN_PAUSE_NS);
        }
    }

    private void rate(final String session, final Script script) throws IOException {
        final int length =
                new SetRateEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestHigh(0)
                        .requestLow(0)
                        .scope((byte) 'S')
                        .mode((byte) 'R')
                        .accountHigh(Ascii.BLANK)
                        .accountLow(Ascii.BLANK)
                        .username(Ascii.pack(session))
                        .perSecond(script.perSecond())
                        .burst(script.burst())
                        .encodedLength();
        control.send(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + length);
    }

    private void largest(final String session, final long lots) throws IOException {
        final int length =
                new SetLimitsEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestHigh(0)
                        .requestLow(0)
                        .scope((byte) 'S')
                        .firm(0)
                        .accountHigh(Ascii.BLANK)
                        .accountLow(Ascii.BLANK)
                        .username(Ascii.pack(session))
                        .openOrders(NO_LIMIT)
                        .orderQuantity(lots)
                        .orderNotional(NO_LIMIT)
                        .position(NO_LIMIT)
                        .exposure(NO_LIMIT)
                        .alike(NO_LIMIT)
                        .warnPercent((short) 0)
                        .encodedLength();
        control.send(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + length);
    }

    @Override
    public void close() {
        running.set(false);
        try {
            loop.join();
            drain.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        CloseHelper.closeAll(relay, control, venue);
    }
}
