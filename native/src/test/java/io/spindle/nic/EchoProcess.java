package io.spindle.nic;

import java.io.IOException;
import java.nio.file.Path;

/** A process that echoes over a veth pair's near end until it is killed. */
final class EchoProcess {
    private EchoProcess() {}

    static Process start(final VethPair veth, final Path errors) throws IOException {
        return new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        veth.nearName(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EchoProcess.class.getName())
                .redirectError(errors.toFile())
                .start();
    }

    /** Ends by itself after a while, should nobody kill it. */
    public static void main(final String[] args) {
        final NicContext context = new NicContext().backend("afxdp").ringFrames(64);
        final RxBurst burst = new RxBurst(16);
        final long deadline = System.nanoTime() + 6 * NicWire.PATIENCE.toNanos();
        try (NicQueue queue =
                NicQueues.open(VethWire.on(context).conclude(), System.err::println)) {
            System.out.println("ready");
            final FrameWriter writer = new FrameWriter(queue);
            while (System.nanoTime() - deadline < 0) {
                queue.poll(burst);
                for (int i = 0; i < burst.count(); i++) {
                    writer.echo(burst, i);
                }
                queue.release(burst);
                queue.flush();
            }
        }
    }
}
