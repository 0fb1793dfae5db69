package io.spindle.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.oms.Ascii;
import io.spindle.oms.OptionBlock;
import io.spindle.oms.RejectCode;
import io.spindle.oms.command.DefineFirmEncoder;
import io.spindle.oms.command.DefineInstrumentEncoder;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.SetEntryEncoder;
import io.spindle.oms.command.SetTradingStateEncoder;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Requests through the control ring. */
class ControlTest {
    @TempDir Path folder;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final List<String> answers = new ArrayList<>();
    private TradingRig rig;

    @BeforeEach
    void start() {
        rig = new TradingRig(folder);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void send(final int encodedLength) throws IOException {
        assertTrue(
                rig.control.send(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength));
    }

    private List<String> answers() {
        rig.answers.poll((high, low, code, sequence) -> answers.add(high + "/" + low + "=" + code));
        return answers;
    }

    private void halt(final String symbol, final long request) throws IOException {
        final SetTradingStateEncoder halt = new SetTradingStateEncoder();
        halt.wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(7)
                .requestLow(request)
                .symbol(Ascii.pack(symbol))
                .state((byte) 'H')
                .expected(SetTradingStateEncoder.expectedNullValue());
        send(halt.encodedLength());
    }

    @Test
    void shouldLogARequestAndAnswerItOnce() throws IOException {
        halt("SPDL", 1);
        rig.run(1);
        assertEquals(List.of("7/1=0"), answers());
        assertEquals('H', rig.engine().instruments().tradingState(1));
    }

    @Test
    void shouldTakeOneRequestATurn() throws IOException {
        halt("SPDL", 1);
        halt("ROTR", 2);
        rig.run(1);
        assertEquals(1, answers().size());
        rig.run(1);
        assertEquals(2, answers().size());
    }

    @Test
    void shouldAnswerAFailureWithItsCode() throws IOException {
        halt("NONE", 1);
        rig.run(1);
        assertEquals(List.of("7/1=" + RejectCode.SYMBOL.code), answers());
    }

    @Test
    void shouldPassOverWhatAnOperatorMayNotAskFor() throws IOException {
        final long sequence = rig.log.lastSequence();
        new SetEntryEncoder().wrapAndApplyHeader(buffer, 0, header).session(0).userRefNum(1);
        send(SetEntryEncoder.BLOCK_LENGTH);
        assertTrue(rig.control.send(buffer, 0, enterOrder(0) - 1));
        assertTrue(rig.control.send(buffer, 0, enterOrder(3)));
        assertTrue(rig.control.send(buffer, 0, enterOrder(OptionBlock.LENGTH)));
        assertTrue(rig.control.send(buffer, 0, enterOrder(OptionBlock.LENGTH) - 1));
        new DefineFirmEncoder().wrapAndApplyHeader(buffer, 0, header);
        assertTrue(rig.control.send(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH));
        assertTrue(rig.control.send(buffer, 0, 3));
        rig.run(8);
        assertEquals(sequence, rig.log.lastSequence());
        halt("SPDL", 9);
        rig.run(1);
        assertEquals(List.of("7/9=0"), answers());
    }

    @Test
    void shouldLogAnOperatorsTicket() throws IOException {
        final long sequence = rig.log.lastSequence();
        assertTrue(rig.control.send(buffer, 0, enterOrder(0)));
        rig.run(2);
        assertTrue(rig.log.lastSequence() > sequence);
        assertEquals(List.of(), answers());
    }

    /** With that many bytes of options, all zero; returns its length. */
    private int enterOrder(final int options) {
        final EnterOrderEncoder order = new EnterOrderEncoder();
        order.wrapAndApplyHeader(buffer, 0, header).session(0).userRefIdx((short) 255);
        order.userRefNum(1).symbol(Ascii.pack("SPDL")).putOptions(new byte[options], 0, options);
        return order.limit();
    }

    @Test
    void shouldKeepARequestWaitingWhileTheLogIsFull() throws IOException {
        rig.fillLog(true);
        halt("SPDL", 1);
        rig.run(3);
        assertEquals(List.of(), answers());
        rig.recording(true);
        rig.run(3);
        assertEquals(List.of("7/1=0"), answers());
    }

    @Test
    void shouldAcceptANewInstrumentWhileTrading() throws IOException {
        final DefineInstrumentEncoder instrument = new DefineInstrumentEncoder();
        instrument
                .wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(1)
                .requestLow(2)
                .symbol(Ascii.pack("NEWS"))
                .tickSize(100)
                .lotSize(1)
                .minQuantity(1)
                .maxQuantity(1000)
                .maxPrice(1_000_000)
                .currency(Ascii.packInt("USD"))
                .priceDecimals((short) 4)
                .lotExponent((short) 0);
        send(instrument.encodedLength());
        rig.run(1);
        assertEquals(List.of("1/2=0"), answers());
        assertEquals(3, rig.engine().instruments().count());
    }
}
