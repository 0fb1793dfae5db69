package io.spindle.nic;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Assumptions;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A queue on a stage, and a thread that does what the kernel would do for what it sends. */
final class StageWire implements NicWire {
    private static final int PEER_PORT = 30_000;
    private static final int GROUP = Ipv4.parse("239.192.64.77");

    private final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final XdpStage stage;
    private final Thread kernel;

    StageWire(final int ringFrames, final int burstFrames) {
        stage =
                new XdpStage(
                        new NicContext()
                                .backend("afxdp")
                                .ringFrames(ringFrames)
                                .burstFrames(burstFrames)
                                .conclude());
        kernel = Thread.ofPlatform().daemon().start(this::serve);
    }

    private void serve() {
        while (open.get()) {
            if (stage.poll(this::onDatagram) == 0) {
                Thread.onSpinWait();
            }
        }
    }

    private void onDatagram(
            final int port, final DirectBuffer buffer, final int offset, final int length) {
        if (port == PEER_PORT) {
            final byte[] payload = new byte[length];
            buffer.getBytes(offset, payload);
            arrived.add(payload);
        }
    }

    @Override
    public NicQueue queue() {
        return stage.queue();
    }

    @Override
    public int peerAddress() {
        return stage.queue().info().address();
    }

    @Override
    public int peerPort() {
        return PEER_PORT;
    }

    @Override
    public void send(final byte[] payload) {
        stage.send(PEER_PORT, new UnsafeBuffer(payload), 0, payload.length);
    }

    @Override
    public void sendToForeignPort(final byte[] payload) {
        System.out.println("skipped: the stage has the order port alone, and no other to send to");
        Assumptions.abort("the stage has the order port alone");
    }

    @Override
    public byte[] receive() throws InterruptedException {
        final byte[] payload = arrived.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (payload == null) {
            throw new AssertionError("nothing reached the peer");
        }
        return payload;
    }

    @Override
    public int group() {
        return GROUP;
    }

    @Override
    public void close() {
        open.set(false);
        try {
            kernel.join();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        stage.close();
    }
}
