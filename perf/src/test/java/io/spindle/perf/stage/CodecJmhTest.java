package io.spindle.perf.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the codec benchmarks measure really happens, every time. */
class CodecJmhTest {
    private static final int TIMES = 20_000;

    private final CodecJmh codecs = new CodecJmh();

    @BeforeEach
    void open() {
        codecs.open();
    }

    @Test
    void shouldMakeACommandOfEveryOrder() {
        long sequence = 0;
        for (int i = 0; i < TIMES; i++) {
            sequence = codecs.decodeOrder();
        }
        assertEquals(TIMES, sequence);
        final EnterOrderDecoder command =
                new EnterOrderDecoder()
                        .wrapAndApplyHeader(codecs.log().buffer(), 0, new MessageHeaderDecoder());
        assertEquals(2, command.userRefNum());
        assertEquals(100, command.quantity());
    }

    @Test
    void shouldKeepAReportOfEveryEvent() {
        int next = 0;
        for (int i = 0; i < TIMES; i++) {
            next = codecs.encodeReport();
        }
        assertEquals(1 + TIMES, next);
    }

    @Test
    void shouldSendEveryOrderOnBothLines() {
        for (int i = 0; i < TIMES; i++) {
            assertEquals(2, codecs.encodeFeed());
        }
    }
}
