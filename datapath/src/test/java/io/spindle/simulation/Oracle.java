package io.spindle.simulation;

import io.spindle.codec.itch.MoldPacket;
import io.spindle.net.Ports;
import io.spindle.net.UdpFrameDecoder;
import io.spindle.nic.NicQueue;
import io.spindle.oms.TradingEngine;
import io.spindle.session.Packets;
import io.spindle.simulation.Streams.Name;

import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * Sees every frame that leaves the appliance, and knows what must be true of it: a sequenced
 * message never has two contents, and everything that left is still what the log gives rise to,
 * whatever has happened since.
 */
final class Oracle {
    private static final int LENGTH_FIELD = Short.BYTES;
    private static final int COUNT_OFFSET = 5;
    private static final int MESSAGES_OFFSET = 7;
    private static final int CENTURY = 20_000_000;
    private static final int DATE_OFFSET = 2;
    private static final int DATE_LENGTH = 6;
    private static final int EPOCH_LENGTH = 2;

    private final Map<Name, Integer> left = new HashMap<>();
    private final UnsafeBuffer copy =
            new UnsafeBuffer(
                    BufferUtil.allocateDirectAligned(NicQueue.MAX_FRAME_LENGTH, Long.BYTES));
    private final UdpFrameDecoder frame = new UdpFrameDecoder();
    private SimAppliance appliance;
    private SimAppliance former;
    private final boolean promisedOverPowerLoss;
    private int lossesOfPower;
    private long checks;

    Oracle(final SimAppliance appliance, final boolean promisedOverPowerLoss) {
        this.appliance = appliance;
        this.promisedOverPowerLoss = promisedOverPowerLoss;
    }

    /** Another box has taken over: what left the one before has to be in its log. */
    void follow(final SimAppliance successor) {
        former = appliance;
        appliance = successor;
    }

    /** A tap on the network. */
    void onFrame(final byte[] bytes) {
        copy.putBytes(0, bytes);
        if (frame.wrap(copy.addressOffset(), bytes.length) != UdpFrameDecoder.UDP) {
            return;
        }
        final SimAppliance sender = sender(frame.sourceAddress());
        if (sender == null) {
            return;
        }
        final int port = frame.destinationPort();
        final DirectBuffer buffer = frame.buffer();
        final int payload = frame.payloadOffset();
        final Ports ports = new Ports(SimAppliance.PORT);
        if (port == ports.lineA() || port == ports.lineB()) {
            onMarketPacket(buffer, payload, frame.payloadLength());
        } else if (buffer.getByte(payload) == Packets.SEQUENCED) {
            final long first = buffer.getInt(payload + 1, ByteOrder.BIG_ENDIAN) & 0xFFFF_FFFFL;
            final int count =
                    buffer.getShort(payload + COUNT_OFFSET, ByteOrder.BIG_ENDIAN) & 0xFFFF;
            final TradingEngine engine = sender.engine();
            onMessages(
                    buffer,
                    payload + MESSAGES_OFFSET,
                    count,
                    new Name(engine.date(), engine.epoch(), port - SimTrader.FIRST_PORT, first));
        }
    }

    private SimAppliance sender(final int address) {
        if (appliance.address() == address) {
            return appliance;
        }
        return former != null && former.address() == address ? former : null;
    }

    private void onMarketPacket(final DirectBuffer buffer, final int payload, final int length) {
        final int count =
                buffer.getShort(
                                payload + MoldPacket.HEADER_LENGTH - LENGTH_FIELD,
                                ByteOrder.BIG_ENDIAN)
                        & 0xFFFF;
        if (count != MoldPacket.HEARTBEAT && count != MoldPacket.END_OF_SESSION) {
            final long first =
                    buffer.getLong(
                            payload + MoldPacket.HEADER_LENGTH - LENGTH_FIELD - Long.BYTES,
                            ByteOrder.BIG_ENDIAN);
            final Name name =
                    new Name(date(buffer, payload), epoch(buffer, payload), Streams.FEED, first);
            onMessages(buffer, payload + MoldPacket.HEADER_LENGTH, count, name);
        }
    }

    /** The packet says whose it is: what a day did not send before it ended leaves in the next. */
    private static int date(final DirectBuffer buffer, final int payload) {
        return CENTURY + buffer.parseNaturalIntAscii(payload + DATE_OFFSET, DATE_LENGTH);
    }

    private static int epoch(final DirectBuffer buffer, final int payload) {
        return buffer.parseNaturalIntAscii(payload + DATE_OFFSET + DATE_LENGTH, EPOCH_LENGTH);
    }

    private void onMessages(
            final DirectBuffer buffer, final int offset, final int count, final Name first) {
        int message = offset;
        for (int i = 0; i < count; i++) {
            final int length = buffer.getShort(message, ByteOrder.BIG_ENDIAN) & 0xFFFF;
            message += LENGTH_FIELD;
            final Name name = first.plus(i);
            final int hash = Streams.hash(buffer, message, length);
            final Integer before = left.putIfAbsent(name, hash);
            if (before != null && before != hash) {
                throw new Violation("two contents under one number: " + name);
            }
            message += length;
        }
    }

    /** A client takes a report for the one with this number of this session: it has to be that. */
    void onHandedOver(
            final String session,
            final int trader,
            final long sequence,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final int newest = Integer.parseInt(session.substring(DATE_OFFSET));
        final Name name = new Name(CENTURY + newest / 100, newest % 100, trader, sequence);
        final Integer sent = left.get(name);
        if (sent != null && sent != Streams.hash(buffer, offset, length)) {
            throw new Violation("taken for another report: " + name);
        }
    }

    void onPowerLoss() {
        lossesOfPower++;
    }

    /** Compares all that ever left with a replay of the log from its first command. */
    void check() throws IOException {
        checks++;
        final Streams streams = Streams.of(appliance.folder);
        final TradingEngine engine = appliance.engine();
        require("sequence", streams.engine.sequence(), engine.sequence());
        require("event digest", streams.engine.eventDigest(), engine.eventDigest());
        require("state hash", streams.engine.stateHash(), engine.stateHash());
        final boolean mayBeLost = lossesOfPower > 0 && !promisedOverPowerLoss;
        left.entrySet().removeIf(entry -> isLost(entry, streams, mayBeLost));
    }

    private boolean isLost(
            final Map.Entry<Name, Integer> entry, final Streams streams, final boolean mayBeLost) {
        final Name name = entry.getKey();
        final Integer now = streams.hashes.get(name);
        if (now == null) {
            final boolean ofThisSession =
                    name.date() == streams.engine.date() && name.epoch() == streams.engine.epoch();
            if (ofThisSession || !mayBeLost) {
                throw new Violation("left the box and is not in the log any more: " + name);
            }
            return true;
        }
        if (!now.equals(entry.getValue())) {
            throw new Violation("left the box with another content: " + name);
        }
        return false;
    }

    private static void require(final String what, final long replay, final long loop) {
        if (replay != loop) {
            throw new Violation(
                    "%s: a fresh replay has %016x, the loop %016x".formatted(what, replay, loop));
        }
    }

    /** Sequenced messages that left. */
    long messages() {
        return left.size();
    }

    long checks() {
        return checks;
    }
}
