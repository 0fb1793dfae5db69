package io.spindle.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.client.FeedBook;
import io.spindle.codec.itch.AddOrder;
import io.spindle.oms.Ascii;
import io.spindle.oms.CommandBatch;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Quotes out of a venue's feed: new ones at once, old ones again, no more than the ring takes. */
class QuoteSenderTest {
    private final NoEvents nothing = new NoEvents();
    private final TradingEngine engine =
            new TradingEngine(EngineConfig.small(), nothing, nothing, nothing);
    private final FeedBook book = new FeedBook();
    private final Outbox outbox = new Outbox(null);
    private final QuoteSender sender =
            new QuoteSender(
                    book,
                    outbox,
                    new VenueCommands(
                            null,
                            outbox,
                            new ConnectorConfig(
                                    "XALT",
                                    1,
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                                    "U",
                                    "P",
                                    Optional.empty())));

    private void define(final int instruments) {
        final CommandBatch batch =
                new CommandBatch(
                        (buffer, offset, length) ->
                                engine.apply(engine.sequence() + 1, 1, buffer, offset, length),
                        0,
                        0);
        for (int i = 0; i < instruments; i++) {
            batch.instrument(
                    new CommandBatch.Instrument("S" + i, "USD", 100, 1, 1, 1_000, 1_000_000, 4, 0));
        }
        batch.commit();
    }

    private int sentAfter(final long nowNs) {
        outbox.clear();
        sender.send(engine.instruments(), nowNs);
        return outbox.waiting();
    }

    @Test
    void shouldSendWhatIsNewAtOnceAndTheRestBeforeItIsTooOld() {
        define(2);
        assertEquals(2, sentAfter(0));
        assertEquals(0, sentAfter(1));
        final UnsafeBuffer message = new UnsafeBuffer(new byte[AddOrder.LENGTH]);
        AddOrder.encode(message, 0, 1, 0, 1, 'B', 10, Ascii.pack("S1"), 99_000);
        book.onMessage(1, message, 0, AddOrder.LENGTH);
        assertEquals(1, sentAfter(2));
        assertEquals(1, sentAfter(QuoteSender.REFRESH_NS));
        assertEquals(1, sentAfter(QuoteSender.REFRESH_NS + 2));
    }

    @Test
    void shouldNotDrownTheRing() {
        define(60);
        for (int i = 0; i < 10; i++) {
            sender.send(engine.instruments(), (i + 1) * QuoteSender.REFRESH_NS);
        }
        assertEquals(256, outbox.waiting());
    }
}
