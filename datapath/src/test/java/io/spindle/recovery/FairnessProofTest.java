package io.spindle.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.oms.Ascii;
import io.spindle.oms.command.CancelOrderEncoder;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.ModifyOrderEncoder;
import io.spindle.oms.command.ReplaceOrderEncoder;
import io.spindle.oms.command.TickEncoder;

import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

import java.util.List;

final class FairnessProofTest {
    private static final long LOOP_DELAY_NS = 50;

    private final FairnessProof proof = new FairnessProof();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private long sequence;

    private void command(final long receivedNs) {
        proof.onCommand(++sequence, receivedNs + LOOP_DELAY_NS, buffer, 0, buffer.capacity());
    }

    private void enter(final int number, final String symbol, final long receivedNs) {
        new EnterOrderEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .session(1)
                .userRefNum(number)
                .symbol(Ascii.pack(symbol))
                .receivedNs(receivedNs)
                .putOptions(new byte[0], 0, 0);
        command(receivedNs);
    }

    private void replace(final int original, final int number, final long receivedNs) {
        new ReplaceOrderEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .session(1)
                .originalUserRefNum(original)
                .userRefNum(number)
                .receivedNs(receivedNs)
                .putOptions(new byte[0], 0, 0);
        command(receivedNs);
    }

    private void cancel(final int number, final long receivedNs) {
        new CancelOrderEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .session(1)
                .userRefNum(number)
                .receivedNs(receivedNs);
        command(receivedNs);
    }

    private void modify(final int number, final long receivedNs) {
        new ModifyOrderEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .session(1)
                .userRefNum(number)
                .receivedNs(receivedNs);
        command(receivedNs);
    }

    @Test
    void shouldProveThatNobodyWasOvertaken() {
        enter(1, "SPDL", 1_000);
        enter(2, "ROTR", 1_100);
        replace(1, 3, 1_200);
        modify(2, 1_250);
        cancel(3, 1_300);
        assertEquals(5, proof.messages());
        assertEquals(5, proof.stamped());
        assertEquals(2, proof.books());
        assertEquals(0, proof.inverted());
    }

    @Test
    void shouldNameWhoWasOvertakenByWhomAndByHowMuch() {
        enter(1, "SPDL", 1_000);
        enter(2, "SPDL", 1_400);
        replace(1, 3, 1_100);
        cancel(3, 1_390);
        assertEquals(2, proof.inverted());
        assertEquals(
                List.of(
                        new FairnessProof.Inversion("SPDL", 3, 2, 300),
                        new FairnessProof.Inversion("SPDL", 4, 2, 10)),
                proof.inversions());
    }

    @Test
    void shouldCompareWithinABookOnly() {
        enter(1, "SPDL", 2_000);
        enter(2, "ROTR", 1_000);
        assertEquals(0, proof.inverted());
    }

    @Test
    void shouldPassOverWhatTouchesNoBook() {
        cancel(7, 1_000);
        replace(7, 8, 900);
        new TickEncoder().wrapAndApplyHeader(buffer, 0, header);
        command(800);
        assertEquals(0, proof.messages());
    }

    @Test
    void shouldNotTakeTheLoopsOwnTimeForAStamp() {
        new EnterOrderEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .session(1)
                .userRefNum(1)
                .symbol(Ascii.pack("SPDL"))
                .receivedNs(1_000)
                .putOptions(new byte[0], 0, 0);
        proof.onCommand(1, 1_000, buffer, 0, buffer.capacity());
        assertEquals(1, proof.messages());
        assertEquals(0, proof.stamped());
    }
}
