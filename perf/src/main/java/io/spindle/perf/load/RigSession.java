package io.spindle.perf.load;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.client.ClientListener;
import io.spindle.client.ClientSession;
import io.spindle.client.UdpWire;
import io.spindle.codec.ouch.Appendage;
import io.spindle.codec.ouch.MessageShape;
import io.spindle.codec.ouch.MessageType;
import io.spindle.codec.ouch.Tag;
import io.spindle.codec.ouch.wire.AcceptedDecoder;
import io.spindle.codec.ouch.wire.RejectedDecoder;
import io.spindle.oms.RejectCode;

import org.agrona.DirectBuffer;
import org.agrona.collections.LongArrayQueue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * One session of the rig. Sends each step at once in a datagram of its own, remembers when it was
 * due, and tells how long after that its first answer came. Allocates in the constructor only.
 */
final class RigSession implements RigParty, ClientListener {
    /** More messages than can be under way. */
    private static final int WINDOW = 1 << 18;

    private static final int MASK = WINDOW - 1;
    private static final int DATAGRAMS_PER_POLL = 32;
    private static final long PRICE = 1_000_000;
    private static final long SELL_PRICE = 1_000_100;

    /** The number of the order is where every first answer has it. */
    private static final int NUMBER_OFFSET = AcceptedDecoder.userRefNumEncodingOffset();

    private final long[] enterDueNs = new long[WINDOW];
    private final long[] cancelDueNs = new long[WINDOW];
    private final LongArrayQueue open = new LongArrayQueue(1024, 0);
    private final UdpWire wire;
    private final ClientSession session;
    private final RigMessages messages;
    private final LoadProfile profile;
    private final Answers answers;
    private final LongConsumer stays;
    private final MessageShape shape = MessageShape.fromServer();
    private final RejectedDecoder rejected = new RejectedDecoder();
    private final AtomicLong executions = new AtomicLong();
    private long nextNumber;
    private long pollNs;
    private int place;
    private long pending;
    private long refused;
    private int reason;

    /**
     * @param stays hears how long each order stayed in the appliance, ns, from the network's stamp
     *     on it to the sending of its answer; null not to ask
     */
    RigSession(
            final String username,
            final String password,
            final String symbol,
            final InetSocketAddress server,
            final LoadProfile profile,
            final Answers answers,
            final LongConsumer stays)
            throws IOException {
        this.profile = profile;
        this.answers = answers;
        this.stays = stays;
        wire = new UdpWire(server);
        session = new ClientSession(username, password, wire, this);
        messages = new RigMessages(session, symbol, stays != null);
    }

    @Override
    public void login(final long nowNs) {
        session.login(nowNs);
    }

    @Override
    public boolean isReady() {
        return nextNumber != 0;
    }

    @Override
    public void send(final long dueNs, final long nowNs) {
        final LoadProfile.Step step = profile.step(place);
        place = place + 1 == profile.cycle() ? 0 : place + 1;
        pending++;
        switch (step) {
            case REST_BUY -> rest('B', PRICE, dueNs, nowNs);
            case REST_SELL -> rest('S', SELL_PRICE, dueNs, nowNs);
            case TAKE -> {
                messages.enter(number(dueNs), 'S', Math.max(1, open.size()), PRICE, '3', nowNs);
                open.clear();
            }
            case CANCEL -> {
                final long number = open.pollLong();
                cancelDueNs[(int) number & MASK] = dueNs;
                messages.cancel(number, nowNs);
            }
        }
        session.flush(nowNs);
    }

    private void rest(final char side, final long price, final long dueNs, final long nowNs) {
        open.addLong(nextNumber);
        messages.enter(number(dueNs), side, 1, price, '0', nowNs);
    }

    private long number(final long dueNs) {
        enterDueNs[(int) nextNumber & MASK] = dueNs;
        return nextNumber++;
    }

    @Override
    public int poll(final long nowNs) {
        pollNs = nowNs;
        final int received = wire.poll(this::onDatagram, DATAGRAMS_PER_POLL);
        session.poll(nowNs);
        return received;
    }

    @Override
    public long pending() {
        return pending;
    }

    @Override
    public long refused() {
        return refused;
    }

    @Override
    public String lastRefusal() {
        final RejectCode code = RejectCode.of(reason);
        return reason == 0 ? "" : code == null ? "code " + reason : code.meaning;
    }

    @Override
    public long executions() {
        return executions.get();
    }

    @Override
    public void logoff(final long nowNs) {
        session.logoff(nowNs);
    }

    private void onDatagram(final DirectBuffer buffer, final int offset, final int length) {
        session.onDatagram(buffer, offset, length, pollNs);
    }

    @Override
    public void onReport(
            final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        switch (buffer.getByte(offset)) {
            case MessageType.ACCEPTED -> {
                if (stays != null) {
                    stayed(buffer, offset, length);
                }
                answered(enterDueNs, number(buffer, offset));
            }
            case MessageType.CANCELED -> answered(cancelDueNs, number(buffer, offset));
            case MessageType.REJECTED -> {
                refused++;
                reason = rejected.wrap(buffer, offset, RejectedDecoder.BLOCK_LENGTH, 0).reason();
                answered(enterDueNs, number(buffer, offset));
            }
            case MessageType.CANCEL_REJECT -> {
                refused++;
                answered(cancelDueNs, number(buffer, offset));
            }
            case MessageType.NOT_APPLIED -> refused++;
            case MessageType.QUERY_ANSWER -> nextNumber = number(buffer, offset);
            // Its order was answered before.
            case MessageType.EXECUTED -> executions.incrementAndGet();
            default -> {
                // Nobody waits for it.
            }
        }
    }

    /** A repeated report does not know when it left. */
    private void stayed(final DirectBuffer buffer, final int offset, final int length) {
        final int elements = shape.elementsOffset(buffer, offset, length);
        final int received = Appendage.find(buffer, elements, offset + length, Tag.RX_TIME);
        final int sent = Appendage.find(buffer, elements, offset + length, Tag.TX_TIME);
        if (sent != Appendage.NONE && buffer.getLong(sent, BIG_ENDIAN) != 0) {
            stays.accept(buffer.getLong(sent, BIG_ENDIAN) - buffer.getLong(received, BIG_ENDIAN));
        }
    }

    /** What an immediate order leaves is cancelled too, which nobody waits for: 0 is not due. */
    private void answered(final long[] dueNs, final long number) {
        final int slot = (int) number & MASK;
        if (dueNs[slot] != 0) {
            answers.onAnswer(dueNs[slot]);
            dueNs[slot] = 0;
            pending--;
        }
    }

    private static long number(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + NUMBER_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    /** What the session was told before its first login is of no interest; the next number is. */
    @Override
    public void onLoggedIn(final String sessionId, final long nextSequence) {
        if (nextNumber == 0) {
            session.resumeAt(nextSequence);
            messages.query(pollNs);
        }
    }

    @Override
    public void onLoginRejected(final char reason) {
        throw new IllegalStateException("login refused, reason " + reason);
    }

    @Override
    public void onEndOfSession(final long total) {
        throw new IllegalStateException("the session ended");
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
