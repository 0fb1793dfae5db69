package io.spindle.perf.wire;

import io.spindle.net.UdpFrameDecoder;
import io.spindle.nic.Ipv4;
import io.spindle.nic.NicQueue;
import io.spindle.nic.PassingQueue;
import io.spindle.nic.RxBurst;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hands the loop one frame a turn, fetched beforehand, and digests the payloads that the loop
 * commits for each destination. Clients are named by the order of their first frame, because their
 * addresses differ from medium to medium.
 */
final class PacedQueue extends PassingQueue {
    private final RxBurst fetched = new RxBurst(1);
    private final UdpFrameDecoder frame = new UdpFrameDecoder();
    private final Map<Integer, String> clients = new HashMap<>();
    private final Map<String, MessageDigest> emitted = new TreeMap<>();
    private boolean handedOver = true;
    private long claimed;

    PacedQueue(final NicQueue queue) {
        super(queue);
    }

    /** Takes the next frame off the wire; false when there is none yet. */
    boolean fetch() {
        if (handedOver && queue.poll(fetched) == 1) {
            handedOver = false;
            frame.wrap(fetched.address(0), fetched.length(0));
            clients.putIfAbsent(frame.sourcePort(), "client " + clients.size());
        }
        return !handedOver;
    }

    Map<String, String> digests() {
        final Map<String, String> digests = new TreeMap<>();
        emitted.forEach(
                (destination, digest) ->
                        digests.put(destination, HexFormat.of().formatHex(digest.digest())));
        return digests;
    }

    @Override
    public int poll(final RxBurst burst) {
        if (handedOver) {
            return 0;
        }
        handedOver = true;
        burst.add(fetched.address(0), fetched.length(0), fetched.token(0), 0);
        return 1;
    }

    @Override
    public void release(final RxBurst burst) {
        burst.clear();
        if (handedOver) {
            queue.release(fetched);
        }
    }

    @Override
    public long claim() {
        claimed = queue.claim();
        return claimed;
    }

    @Override
    public void commit(final int length) {
        frame.wrap(claimed, length);
        final String client = clients.get(frame.destinationPort());
        final String group = Ipv4.text(frame.destinationAddress()) + ":" + frame.destinationPort();
        final MessageDigest digest =
                emitted.computeIfAbsent(client == null ? group : client, name -> sha256());
        final byte[] payload = new byte[frame.payloadLength()];
        frame.buffer().getBytes(frame.payloadOffset(), payload);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, payload.length));
        digest.update(payload);
        queue.commit(length);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }
}
