package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

class DeterminismTest {
    private static final long SEED = 20261120;

    @TempDir Path folder;

    @Test
    void shouldReachTheSameStateByReplay() {
        final Market market = Market.sample();
        new RandomFlow(market, SEED).run(20_000);
        final Market other = market.replay(EngineConfig.small());
        assertEquals(market.engine.eventDigest(), other.engine.eventDigest());
        assertEquals(market.engine.stateHash(), other.engine.stateHash());
        assertEquals(List.of(), market.checkpoint(other.engine.eventDigest()));
        assertEquals(0, market.engine.illegalTransitions());
    }

    @Test
    void shouldNoticeOneChangedQuantity() {
        final Market market = Market.sample();
        market.enter(0, 1, 'B', 100, 100_000);
        final long digest = market.engine.eventDigest();
        final byte[] last = market.log.getLast().bytes();
        final Market other = market.replay(EngineConfig.small());
        assertEquals(digest, other.engine.eventDigest());
        last[8 + io.spindle.oms.command.EnterOrderDecoder.quantityEncodingOffset()] ^= 1;
        final Market wrong = market.replay(EngineConfig.small());
        wrong.events.take();
        assertNotEquals(digest, wrong.engine.eventDigest());
        assertNotEquals(market.engine.stateHash(), wrong.engine.stateHash());
        assertEquals(List.of("digest mismatch " + digest), wrong.checkpoint(digest));
    }

    @Test
    void shouldReachTheSameStateFromASnapshotAndTheTail() throws IOException {
        final Market market = Market.sample();
        final RandomFlow flow = new RandomFlow(market, SEED + 1);
        final Random random = new Random(SEED);
        for (int round = 0; round < 5; round++) {
            flow.run(1_000 + random.nextInt(1_000));
            final Path file = new SnapshotWriter().write(market.engine, folder);
            final int kept = market.log.size();
            flow.run(2_000);
            assertGoesOnAlike(market, file, kept);
        }
        assertEquals(5, SnapshotReader.list(folder).size());
        assertTrue(
                SnapshotReader.list(folder).get(0).compareTo(SnapshotReader.list(folder).get(1))
                        > 0);
    }

    /** An engine that begins with the snapshot, and has seen nothing before, is the same one. */
    private static void assertGoesOnAlike(final Market market, final Path file, final int kept)
            throws IOException {
        final Market restored = new Market();
        new SnapshotReader().read(file, restored.engine);
        market.log.subList(kept, market.log.size()).forEach(restored::apply);
        assertEquals(market.engine.eventDigest(), restored.engine.eventDigest());
        assertEquals(market.engine.stateHash(), restored.engine.stateHash());
    }

    @Test
    void shouldForgetWhatARefusedOrderAskedFor() throws IOException {
        final Market market = Market.sample();
        market.enter(market.order(0, 1, 'B', 5, 100_000), o -> o.selfTradePrevention((byte) 'Z'));
        final Path file = new SnapshotWriter().write(market.engine, folder);
        final int kept = market.log.size();
        assertEquals(2, market.enter(1, 1, 'B', 5, 100_000).size());
        assertGoesOnAlike(market, file, kept);
    }

    @Test
    void shouldKeepNothingOfAStopInAnOrderForTheOpening() throws IOException {
        final Market market = Market.sample();
        market.enter(
                market.order(0, 1, 'B', 5, 110_000), o -> o.stopPrice(105_000).trigger((byte) 'B'));
        final Path file = new SnapshotWriter().write(market.engine, folder);
        final int kept = market.log.size();
        market.tradingState(1, 'P');
        assertEquals(
                2, market.enter(market.order(1, 1, 'B', 5, 100_000).crossType((byte) 'O')).size());
        assertGoesOnAlike(market, file, kept);
    }

    @Test
    void shouldKeepAnOpenBatchInASnapshot() throws IOException {
        final Market market = new Market();
        SampleMarket.write(market);
        final List<Market.Logged> commands = List.copyOf(market.log);
        final Market half = new Market();
        commands.subList(0, 100).forEach(half::apply);
        final Path file = new SnapshotWriter().write(half.engine, folder);
        final Market restored = new Market();
        new SnapshotReader().read(file, restored.engine);
        commands.subList(100, commands.size()).forEach(restored::apply);
        assertEquals(market.engine.stateHash(), restored.engine.stateHash());
    }

    @Test
    void shouldRefuseADamagedSnapshot() throws IOException {
        final Market market = Market.sample();
        new RandomFlow(market, SEED).run(200);
        final Path file = new SnapshotWriter().write(market.engine, folder);
        final SnapshotReader reader = new SnapshotReader();
        assertTrue(reader.isIntact(file));
        final byte[] bytes = Files.readAllBytes(file);
        final Random random = new Random(SEED);
        for (int i = 0; i < 50; i++) {
            final byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            assertFalse(reader.isIntact(file));
        }
        for (int i = 0; i < 20; i++) {
            Files.write(file, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            assertThrows(IOException.class, () -> reader.read(file, new Market().engine));
        }
    }

    @Test
    void shouldRefuseASnapshotOfAnotherSize() throws IOException {
        final Market market = Market.sample();
        final Path file = new SnapshotWriter().write(market.engine, folder);
        final Market larger =
                new Market(new EngineConfig(32, 64, 256, 256, 2_048, 1_024, 1_024, 1 << 20));
        final SnapshotReader reader = new SnapshotReader();
        assertThrows(IOException.class, () -> reader.read(file, larger.engine));
        assertThrows(IllegalArgumentException.class, () -> reader.read(file, market.engine));
        assertEquals(List.of(), SnapshotReader.list(folder.resolve("absent")));
    }

    @Test
    void shouldRefuseACommandOutOfSequence() {
        final Market market = Market.sample();
        final UnsafeBuffer command = new UnsafeBuffer(market.log.getFirst().bytes());
        assertThrows(
                IllegalArgumentException.class,
                () -> market.engine.apply(5, 1, command, 0, command.capacity()));
    }
}
