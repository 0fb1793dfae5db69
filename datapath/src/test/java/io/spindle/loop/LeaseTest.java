package io.spindle.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.spindle.nic.NicQueue;
import io.spindle.nic.PassingQueue;
import io.spindle.nic.RxBurst;
import io.spindle.sim.SimFaults;
import io.spindle.sim.SimNetwork;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** A primary whose standby may be the primary by now. */
class LeaseTest {
    @TempDir Path folder;

    /** The loop's thread sleeps behind the top of a turn, with an order in its hands. */
    private static final class SleepyQueue extends PassingQueue {
        private Runnable meanwhile = () -> {};

        SleepyQueue(final NicQueue queue) {
            super(queue);
        }

        @Override
        public int poll(final RxBurst burst) {
            final int frames = queue.poll(burst);
            if (frames > 0) {
                meanwhile.run();
            }
            return frames;
        }
    }

    @Test
    void shouldSendNothingWhenTheLeaseEndsInTheMiddleOfATurn() {
        final SimNetwork network = new SimNetwork(1, SimFaults.NONE);
        final SleepyQueue queue =
                new SleepyQueue(network.attach(TradingRig.SERVER_ADDRESS, TradingRig.PORT, 1024));
        try (TradingRig rig = TradingRig.leased(folder, network, queue)) {
            final SimClient client = rig.client(0).login();
            final int heard = client.datagrams.size();
            queue.meanwhile = () -> rig.promise(0);
            client.enter('B', 100, "10.00");
            rig.run(5);
            assertEquals(1, rig.engine().orders().open(), "it was taken");
            assertEquals(heard, client.datagrams.size(), "and nobody is told");

            queue.meanwhile = () -> {};
            rig.promise(Long.MAX_VALUE);
            rig.run(5);
            assertNotEquals(heard, client.datagrams.size(), "the standby is there again");
        }
    }
}
