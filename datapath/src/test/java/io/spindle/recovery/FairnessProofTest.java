package io.spindle.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.oms.Ascii;
import io.spindle.oms.command.CancelOrderEncoder;
import io.spindle.oms.command.ClockAnchorEncoder;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.ModifyOrderEncoder;
import io.spindle.oms.command.RefusedEncoder;
import io.spindle.oms.command.ReplaceOrderEncoder;
import io.spindle.oms.command.TickEncoder;
import io.spindle.recovery.FairnessProof.Cause;
import io.spindle.recovery.FairnessProof.Inversion;

import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

final class FairnessProofTest {
    private static final long LOOP_DELAY_NS = 50;

    private final FairnessProof proof = new FairnessProof();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private long sequence;

    private void command(final long receivedNs) {
        commandAt(receivedNs + LOOP_DELAY_NS);
    }

    private void commandAt(final long timeNs) {
        proof.onCommand(++sequence, timeNs, buffer, 0, buffer.capacity());
    }

    private void enter(final int number, final String symbol, final long receivedNs) {
        enter(1, number, symbol, receivedNs, receivedNs + LOOP_DELAY_NS);
    }

    /** The first order of a session. */
    private void enter(final int session, final long receivedNs, final long timeNs) {
        enter(session, 1, "SPDL", receivedNs, timeNs);
    }

    private void enter(
            final int session,
            final int number,
            final String symbol,
            final long receivedNs,
            final long timeNs) {
        new EnterOrderEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .session(session)
                .userRefNum(number)
                .symbol(Ascii.pack(symbol))
                .receivedNs(receivedNs)
                .putOptions(new byte[0], 0, 0);
        commandAt(timeNs);
    }

    private void clock(final long offsetNs) {
        new ClockAnchorEncoder().wrapAndApplyHeader(buffer, 0, header).offsetNs(offsetNs);
        command(0);
    }

    private List<Cause> causes() {
        return proof.inversions().stream().map(Inversion::cause).toList();
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
                        new Inversion("SPDL", 3, 2, 300, Cause.OWN_SESSION),
                        new Inversion("SPDL", 4, 2, 10, Cause.OWN_SESSION)),
                proof.inversions());
        assertEquals(Map.of(Cause.OWN_SESSION, 2L), proof.causes());
    }

    @Test
    void shouldExplainWhatOneTurnTookTheOtherWayRound() {
        enter(1, 1_400, 2_000);
        enter(2, 1_100, 2_000);
        assertEquals(List.of(new Inversion("SPDL", 2, 1, 300, Cause.ONE_TURN)), proof.inversions());
    }

    /** The last of them is matched behind three, and counts once. */
    @Test
    void shouldCountWhatArrivedTogetherAsUnproved() {
        enter(1, 1, "SPDL", 1_999, 2_000);
        enter(1, 2, "SPDL", 1_999, 2_000);
        assertEquals(0, proof.tied());
        enter(2, 1, "SPDL", 1_999, 2_000);
        enter(2, 2, "SPDL", 1_999, 2_000);
        assertEquals(2, proof.tied());
        assertEquals(4, proof.stamped());
        assertEquals(0, proof.inverted());
    }

    @Test
    void shouldCountNoTieOfAnotherBookNorOfAnOvertakenMessage() {
        enter(1, 1, "SPDL", 1_999, 2_000);
        enter(2, 1, "ROTR", 1_999, 2_000);
        enter(3, 1, "SPDL", 2_999, 3_000);
        enter(4, 1, "SPDL", 1_999, 3_000);
        assertEquals(0, proof.tied());
        assertEquals(1, proof.inverted());
    }

    @Test
    void shouldExplainNothingThatAnEarlierTurnLeftBehind() {
        enter(1, 1_400, 1_500);
        enter(2, 1_100, 2_000);
        assertEquals(List.of(Cause.UNEXPLAINED), causes());
    }

    /** The first anchor says where the clock stands, and not from where it came. */
    @Test
    void shouldExplainByTheClockOnlyAsMuchAsItMoved() {
        clock(5_000);
        enter(1, 1_400, 1_500);
        clock(4_700);
        enter(2, 1_100, 1_600);
        enter(3, 1_099, 1_700);
        assertEquals(List.of(Cause.CLOCK, Cause.UNEXPLAINED), causes());
    }

    /** The latest to overtake was of the same session; another one had overtaken as well. */
    @Test
    void shouldTellTheGravestCauseOfSeveral() {
        enter(1, 1_300, 1_500);
        enter(2, 1, "SPDL", 1_400, 1_600);
        enter(2, 2, "SPDL", 1_200, 1_700);
        assertEquals(
                List.of(new Inversion("SPDL", 3, 1, 100, Cause.UNEXPLAINED)), proof.inversions());
    }

    @Test
    void shouldCompareNothingWithAMessageThatHasNoStamp() {
        enter(1, 1_000, 1_500);
        enter(2, 2_000, 2_000);
        enter(3, 1_600, 2_100);
        enter(4, 1_700, 1_700);
        assertEquals(4, proof.messages());
        assertEquals(2, proof.stamped());
        assertEquals(0, proof.inverted());
    }

    /** An operator's ticket, and an order that moved here from another shard. */
    @Test
    void shouldPassOverWhatCameByNoNetwork() {
        enter(1, 1_000, 1_500);
        enter(2, 0, 2_000);
        assertEquals(1, proof.messages());
        assertEquals(0, proof.inverted());
    }

    @Test
    void shouldCountWhatWasRefusedBeforeTheEngine() {
        new RefusedEncoder().wrapAndApplyHeader(buffer, 0, header).session(1).userRefNum(1);
        command(1_000);
        assertEquals(1, proof.refused());
        assertEquals(0, proof.messages());
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
