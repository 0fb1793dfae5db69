package io.spindle.nic;

import static io.spindle.nic.EfviLayout.*;
import static io.spindle.nic.NicQueueContract.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

/** The C shim by itself, its layout, its refusals and the faults of a card. */
class EfviShimTest {
    private final RxBurst burst = new RxBurst(16);

    @BeforeEach
    void needCompiler() {
        assumeTrue(EfviDouble.missing() == null);
    }

    @Test
    void shouldRunCleanUnderAddressAndUndefinedBehaviourSanitizers() throws IOException {
        final var program =
                EfviDouble.program(
                        "efvi_exercise.c",
                        List.of(
                                "-g",
                                "-O1",
                                "-fsanitize=address,undefined",
                                "-fno-sanitize-recover=all"));
        assertTrue(VethPair.run(program.toString()).contains("ok"));
    }

    @Test
    void shouldAgreeWithCAboutEveryOffset() throws IOException {
        final var program = EfviDouble.program("efvi_offsets.c", List.of());
        final int[] java = {
            EVENTS,
            BUFFER_LENGTH,
            RECEIVED_OFFSET,
            COMPLETED_OFFSET,
            RESET_OFFSET,
            DISCARDED_OFFSET,
            NO_DESCRIPTOR_OFFSET,
            TRANSMIT_ERRORS_OFFSET,
            OVERFLOWS_OFFSET,
            RECORDS_OFFSET,
            COMPLETIONS_OFFSET,
            RECORD_LENGTH,
            RECORD_FRAME_OFFSET,
            RECORD_STAMP_OFFSET,
            RECORD_TOKEN_OFFSET,
            RECORD_LENGTH_OFFSET,
            DESCRIPTOR_LENGTH,
            DESCRIPTOR_SIZE_OFFSET,
            FACTS_ARCH_OFFSET,
            FACTS_GRANTED_OFFSET,
            FACTS_RX_CAPACITY_OFFSET,
            FACTS_TX_CAPACITY_OFFSET,
            FACTS_MTU_OFFSET,
            FACTS_MAC_OFFSET,
            FACTS_LENGTH
        };
        final int[] c =
                VethPair.run(program.toString()).lines().mapToInt(Integer::parseInt).toArray();
        assertArrayEquals(c, java);
    }

    @Test
    void shouldNameTheLibraryThatIsNotThere() {
        final NicRefusedException refusal =
                assertThrows(
                        NicRefusedException.class, () -> open(efvi("/nowhere/libspindle_efvi.so")));
        assertTrue(refusal.getMessage().contains("/nowhere/libspindle_efvi.so"));
        assertTrue(refusal.getMessage().contains("-Defvi.home"));
    }

    @Test
    void shouldNameTheInterfaceThatIsNotThere() throws IOException {
        final NicContext context = efvi(EfviDouble.library().toString()).interfaceName("nosuch0");
        final NicRefusedException refusal =
                assertThrows(NicRefusedException.class, () -> open(context));
        assertTrue(refusal.getMessage().contains("no interface nosuch0"));
    }

    @Test
    void shouldNameTheCallThatTheDriverRefused() throws IOException {
        EfviDouble.play(EfviDouble.Card.EF10);
        final NicContext context = efvi(EfviDouble.library().toString()).ringFrames(8_192);
        final NicRefusedException refusal =
                assertThrows(NicRefusedException.class, () -> open(context));
        assertTrue(refusal.getMessage().contains("ef_vi_alloc_from_pd"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("EINVAL"), refusal.getMessage());
    }

    @Test
    void shouldSayWhatTheCardGranted() throws IOException {
        assumeTrue(VethPair.missing() == null);
        try (VethWire wire = wire(EfviDouble.Card.X2)) {
            assertTrue(wire.queue().info().mode().contains("EF10, CTPIO"));
        }
        try (VethWire wire = wire(EfviDouble.Card.EFCT)) {
            assertTrue(wire.queue().info().mode().contains("by reference"));
        }
    }

    @Test
    void shouldCountDamagedFramesAndGoOn() throws IOException {
        assumeTrue(VethPair.missing() == null);
        try (VethWire wire = wire(EfviDouble.Card.EF10)) {
            EfviDouble.inject(EfviDouble.EVENT_DISCARD);
            wire.send(bytes("damaged"));
            wire.send(bytes("sound"));
            await(wire.queue());
            assertArrayEquals(bytes("sound"), FrameWriter.payload(burst, 0));
            assertEquals(1, wire.queue().counters().receiveErrors);
        }
    }

    @Test
    void shouldSurviveATransmitErrorAndCountWhatWasLost() throws IOException {
        assumeTrue(VethPair.missing() == null);
        try (VethWire wire = wire(EfviDouble.Card.X2)) {
            final FrameWriter writer = new FrameWriter(wire.queue());
            wire.send(bytes("who"));
            await(wire.queue());
            writer.echo(burst, 0);
            EfviDouble.inject(EfviDouble.EVENT_TX_ERROR);
            wire.queue().release(burst);
            assertEquals(1, wire.queue().flush());
            wire.queue().poll(burst);
            assertEquals(1, wire.queue().counters().transmitLost);
            assertFalse(wire.queue().isGone());
        }
    }

    @Test
    void shouldSayThatTheCardIsGoneAfterAReset() throws IOException {
        assumeTrue(VethPair.missing() == null);
        try (VethWire wire = wire(EfviDouble.Card.EFCT)) {
            final FrameWriter writer = new FrameWriter(wire.queue());
            EfviDouble.inject(EfviDouble.EVENT_RESET);
            wire.queue().poll(burst);
            assertTrue(wire.queue().isGone());
            assertEquals(1, wire.queue().counters().interfaceDown);
            writer.write(1, wire.peerAddress(), wire.peerPort(), bytes("too late"));
            assertEquals(0, wire.queue().flush());
        }
    }

    private static NicContext efvi(final String library) {
        return new NicContext().backend("efvi").interfaceName("lo").efviLibrary(library);
    }

    private static void open(final NicContext context) {
        NicQueues.open(context.conclude(), line -> {}).close();
    }

    private static VethWire wire(final EfviDouble.Card card) throws IOException {
        EfviDouble.play(card);
        return new VethWire(efvi(EfviDouble.library().toString()).ringFrames(64));
    }

    private void await(final NicQueue queue) {
        final long deadline = System.nanoTime() + NicWire.PATIENCE.toNanos();
        while (queue.poll(burst) == 0) {
            assertTrue(System.nanoTime() - deadline < 0, "nothing arrived");
        }
    }
}
